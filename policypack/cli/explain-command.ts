import { missingSubnets } from "../report/missing-subnets";
import { reportOn } from "../report/path-report";
import { readEstate } from "./estate-files";
import { type FleetOptions, wantedFleets } from "./fleet-options";
import type { Terminal } from "./format-option";
import { imagesOf } from "./image-option";
import { type OutputOptions, pathOutput } from "./path-output";
import { systemsOf } from "./repository-systems";
import { regionOf } from "./region-option";
import { UsageError } from "./usage-error";

export interface ExplainOptions extends OutputOptions, FleetOptions {
  readonly state?: readonly string[];
  readonly plan?: string;
  /** Judges each stack by itself. */
  readonly separate?: boolean;
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
  const region = options.region === undefined ? undefined : regionOf(options.region);
  const images = imagesOf(options.image ?? []);
  const { stacks, remarks, isPartial } = readEstate(files, { ...options, region, images }, terminal);
  const systems = options.repositories && systemsOf("--repositories", options.repositories);
  const report = reportOn(stacks, systems, wantedFleets(stacks, options));
  const remarksOnAll = [...remarks, ...missingSubnets(stacks, files.length)];
  return pathOutput(report, { remarks: remarksOnAll, isPartial }, options, terminal);
}
