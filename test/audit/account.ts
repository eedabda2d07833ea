import { join } from "node:path";
import type { ExampleResource } from "../policypack/rules/analyze";
import { MotoProcess } from "../moto";

/** Makes an operation fail. */
export interface Fault {
  /** Such as `ec2:DescribeVpcs`; `*` is every operation. */
  readonly action: string;
  readonly code?: string;
  readonly status?: number;
  /** Half of the answer arrives. */
  readonly truncate?: boolean;
  readonly times?: number;
}

let shared: Promise<LiveAccount> | undefined;

/**
 * An AWS account on loopback (emulator/account.py): real HTTP in AWS's protocols, with moto, and answers of the tests for
 * what moto does not have. What it does not prove: that AWS answers the same.
 */
export class LiveAccount {
  readonly #process: MotoProcess;
  readonly url: string;

  private constructor(process: MotoProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  /** An empty account, in the process that one file of tests after the other uses: seconds of CPU time to start. */
  static async empty(): Promise<LiveAccount> {
    shared ??= MotoProcess.start(join(__dirname, "emulator", "account.py")).then(
      async (process) => new LiveAccount(process, (await process.nextLine()) as string),
    );
    const account = await shared;
    await account.reset();
    return account;
  }

  /** An empty account. */
  async reset(): Promise<void> {
    await this.#process.ask({ reset: true });
  }

  /** A call to moto, to create or change something. */
  async call(
    service: string,
    operation: string,
    parameters: object,
    region = "eu-west-1",
  ): Promise<Record<string, unknown>> {
    return (await this.#process.ask({ call: [service, operation, parameters, region] })) as Record<string, unknown>;
  }

  /** Creates the resources of a stack. @returns what moto cannot create, and moto's IDs by those of the stack */
  async seed(
    resources: readonly ExampleResource[],
    region = "eu-west-1",
  ): Promise<{ skipped: string[]; ids: Record<string, string> }> {
    const seeds = resources.map(({ type, name, props, computed }) => ({
      type,
      name,
      props: { ...computed, ...props },
    }));
    return (await this.#process.ask({ seed: seeds, region })) as { skipped: string[]; ids: Record<string, string> };
  }

  /** Answers of operations, in the shapes of AWS's API. */
  async answers(answers: Readonly<Record<string, object>>): Promise<void> {
    await this.#process.ask({ answers });
  }

  /** The number of items on a page of a list: a number, as many as the call requests, or all (`null`). */
  async pagesOf(items: number | "asked" | null): Promise<void> {
    await this.#process.ask({ page: items });
  }

  async fail(fault: Fault): Promise<void> {
    await this.#process.ask({ fault });
  }

  /** The operations since the last time, in order; ends all faults. */
  async callsSince(): Promise<string[]> {
    return (await this.#process.ask({ calls: true })) as string[];
  }
}
