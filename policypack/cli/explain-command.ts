import { reportOn } from "../report/path-report";
import { Stack } from "../stack/stack";
import { type FleetOptions, wantedFleets } from "./fleet-options";
import type { Terminal } from "./format-option";
import { imagesOf } from "./image-option";
import { type OutputOptions, pathOutput } from "./path-output";
import { systemsOf } from "./repository-systems";
import { refuseContradiction, regionOf } from "./region-option";
import { readStackFile } from "./stack-file";
import { UsageError } from "./usage-error";

export interface ExplainOptions extends OutputOptions, FleetOptions {
  readonly state?: readonly string[];
  readonly plan?: string;
  readonly region?: string;
  readonly image?: readonly string[];
  readonly repositories?: readonly string[];
}

/**
 * `patchpath explain`: can the fleets of these stacks be patched, and if not, at which hop does it break?
 *
 * @param standardInput whether `-` was given instead of a file
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function explainCommand(
  standardInput: boolean,
  options: ExplainOptions,
  terminal: Terminal,
): { output: string; code: number } {
  const files = [
    ...new Set([
      ...(options.state ?? []),
      ...(options.plan === undefined ? [] : [options.plan]),
      ...(standardInput ? ["-"] : []),
    ]),
  ];
  if (files.length === 0) throw new UsageError("expected --state FILE, --plan FILE, or - for standard input");
  if (options.plan !== undefined && files.length > 1) {
    throw new UsageError("--plan cannot be combined with other files; expected either one plan or states");
  }
  const region = options.region === undefined ? undefined : regionOf(options.region);
  const images = imagesOf(options.image ?? []);
  const remarks: string[] = [];
  const stacks = files.map((file, i) => {
    if (files.length > 2) terminal.tell(`patchpath: reading ${i + 1} of ${files.length}: ${file}`);
    const { resources, partial } = readStackFile(file, region);
    if (partial !== undefined) remarks.push(partial);
    if (region !== undefined) refuseContradiction(file, resources, region);
    return new Stack(resources, images);
  });
  const systems = options.repositories && systemsOf("--repositories", options.repositories);
  const report = reportOn(stacks, systems, wantedFleets(stacks, options));
  return pathOutput(report, remarks, options, terminal);
}
