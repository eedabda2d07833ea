import { join } from "node:path";
import { MotoProcess } from "../../moto";

/** What an automation did. */
export interface AutomationResult {
  readonly status: "Success" | "Failed" | "Refused";
  /** Why it did not start. */
  readonly message: string | null;
  readonly steps: readonly { readonly name: string; readonly status: string; readonly message: string | null }[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Calls that fail: those of an operation whose body contains `argument`, `times` times. */
export interface Fault {
  readonly operation: string;
  /** `null`: the call seems to succeed, and does nothing. */
  readonly error: string | null;
  readonly argument?: string;
  readonly times?: number;
}

/** An AWS account in moto on loopback (emulator/emulator.py), in a separate process. */
export class Emulator {
  readonly #process: MotoProcess;

  private constructor(process: MotoProcess) {
    this.#process = process;
  }

  static async start(): Promise<Emulator> {
    return new Emulator(await MotoProcess.start(join(__dirname, "emulator", "emulator.py")));
  }

  stop(): void {
    this.#process.stop();
  }

  async call(service: string, operation: string, parameters: object): Promise<Record<string, unknown>> {
    return (await this.#process.ask({ call: [service, operation, parameters] })) as Record<string, unknown>;
  }

  /** Many calls at once: for each, the error that AWS would return, or null. */
  async refusalsOf(
    calls: readonly (readonly [service: string, operation: string, parameters: object])[],
  ): Promise<(string | null)[]> {
    return (await this.#process.ask({ refusals: calls })) as (string | null)[];
  }

  /** The names of an operation's inputs; an error if the operation does not exist. */
  async inputsOf(service: string, operation: string): Promise<string[]> {
    return (await this.#process.ask({ inputs: [service, operation] })) as string[];
  }

  async run(document: object, parameters: object): Promise<AutomationResult> {
    return (await this.#process.ask({ run: document, arguments: parameters })) as AutomationResult;
  }

  async fail(fault: Fault): Promise<void> {
    await this.#process.ask({ fault });
  }

  /** What was called since the last time, and how often a retry waited; ends all faults. */
  async callsSince(): Promise<{ calls: AwsCall[]; waits: number }> {
    return (await this.#process.ask({ calls: true })) as { calls: AwsCall[]; waits: number };
  }
}
