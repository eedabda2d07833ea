import { gzipSync } from "node:zlib";
import { contextOf } from "../sources/context-file";
import { filesOf } from "../sources/folder";
import { withoutRepeated } from "../sources/repeated-stacks";
import { readStackFile } from "../sources/stack-file";
import type { Terminal } from "./format-option";
import { writeOutput } from "./path-output";
import { UsageError } from "./usage-error";

export interface ContextOptions {
  readonly out: string;
}

/**
 * `patchpath context STATE… --out FILE`: the part of states that the policy pack and `explain` read, without secrets. A
 * name that ends in `.gz` is compressed.
 *
 * @throws UsageError
 */
export function contextCommand(
  paths: readonly string[],
  { out }: ContextOptions,
  { tell }: Pick<Terminal, "tell">,
): { output: string; code: number } {
  const { kept, remarks } = withoutRepeated(filesOf(paths).map((file) => readStackFile(file, undefined)));
  const plan = kept.find(({ isPlan }) => isPlan);
  if (plan) throw new UsageError(`${plan.file} is a plan; expected states, which show what exists`);
  for (const remark of remarks) tell(`patchpath: ${remark}`);
  const context = contextOf(kept);
  const text = `${JSON.stringify(context)}\n`;
  writeOutput("--out", out, out.endsWith(".gz") ? gzipSync(text) : text);
  const all = kept.reduce((sum, { resources }) => sum + resources.length, 0);
  return { output: `${context.resources.length} of ${all} resources written to ${out}`, code: 0 };
}
