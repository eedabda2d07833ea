import { writeFileSync } from "node:fs";
import { withoutFormatting } from "../iam/problems";
import type { FormatOf } from "../report/formats";
import { missingSubnets } from "../report/missing-subnets";
import { exitCodeOfPaths, reportOn } from "../report/path-report";
import { readEstate } from "./estate-files";
import { type FleetOptions, wantedFleets } from "./fleet-options";
import { type Terminal, printed } from "./format-option";
import { imagesOf } from "./image-option";
import { systemsOf } from "./repository-systems";
import { regionOf } from "./region-option";
import { UsageError } from "./usage-error";

export interface ExplainOptions extends FleetOptions {
  readonly state?: readonly string[];
  readonly plan?: string;
  /** Judges each stack by itself. */
  readonly separate?: boolean;
  /** Shows a long text whole. */
  readonly all?: boolean;
  readonly region?: string;
  readonly image?: readonly string[];
  readonly repositories?: readonly string[];
  readonly format: FormatOf<"explain">;
  readonly out?: string;
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
  const page = {
    ...terminal,
    remarks: [...remarks, ...missingSubnets(stacks, files.length)],
    isWhole: options.all ?? false,
    colour: terminal.colour && options.out === undefined,
  };
  const text = printed("explain", options.format, report, page, terminal);
  // What a partial plan omits is unknown: a pipeline must not read it as open.
  const code = exitCodeOfPaths(report) || (isPartial ? 3 : 0);
  if (options.out === undefined) return { output: text, code };
  try {
    writeFileSync(options.out, `${withoutFormatting(text)}\n`);
  } catch (error) {
    throw new UsageError(`--out \`${options.out}\` cannot be written: ${(error as Error).message.split(",")[0] ?? ""}`);
  }
  return { output: `written to ${options.out}`, code };
}
