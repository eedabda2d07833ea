import { doesNotMatch, strictEqual } from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { OfflineStack, policyPack, root, runCommand } from "./offline-stack";

export type Config = Readonly<Record<string, unknown>>;

/** What an operation did, in the engine's terms: `create`, `update`, `replace`, `delete`, … */
export type Touched = Readonly<Record<string, readonly string[]>>;

/** Our own program on the real engine, run in place, with a separate config and state. */
export class OwnStack extends OfflineStack {
  constructor(config: Config) {
    super("patchpath", config);
    symlinkSync(root, join(this.program, "checkout"));
  }

  /**
   * Updates the stack to a config, and reads from the engine's own log what that did. Unchanged resources are
   * omitted.
   */
  async change(config: Config, ...args: string[]): Promise<Touched> {
    this.configure(config);
    const log = join(this.folder, "events.json");
    const up = ["up", "--yes", "--skip-preview", "--stack", "test", "--event-log", log, ...args];
    // The flag exists for tools that run the engine, which set this variable.
    const { code, output } = await this.run(up, { PULUMI_DEBUG_COMMANDS: "true" });
    strictEqual(code, 0, output);
    doesNotMatch(output, /\[mandatory\]/);
    const events = readFileSync(log, "utf8").trim().split("\n");
    const steps = events
      .map((event) => (JSON.parse(event) as EngineEvent).resourcePreEvent?.metadata)
      .filter((step) => step !== undefined)
      .filter(({ op, type }) => op !== "same" && !type.startsWith("pulumi:"))
      .map(({ op, urn }) => ({ op, resource: urn.split("::").slice(-2).join(" ").split("$").at(-1)! }));
    return Object.fromEntries(
      [...new Set(steps.map(({ op }) => op))].map((op) => [
        op,
        steps
          .filter((step) => step.op === op)
          .map(({ resource }) => resource)
          .sort(),
      ]),
    );
  }
}

interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: { readonly op: string; readonly urn: string; readonly type: string };
  };
}

/** The WSUS server of our own program, which is patched like a fleet. */
export const wsusServer = "patchpath-wsus-server-server";

/** The verdicts on the fleets of a stack, as `patchpath explain` reports them for its state. */
export async function verdictsOf(stack: OwnStack, exitCode = 0): Promise<Readonly<Record<string, string>>> {
  const command = [join(policyPack, "patchpath.js"), "explain", "--state", stack.export(), "--format", "json"];
  const { stdout, code } = await runCommand(process.execPath, command);
  strictEqual(code, exitCode, stdout);
  const { fleets } = JSON.parse(stdout) as { fleets: { name: string; verdict: string }[] };
  return Object.fromEntries(fleets.map(({ name, verdict }) => [name, verdict]));
}
