import type { VpcReport } from "../network-report";

/** How a part of a picture stands out: by the gravest verdict on it; `none` where there is none. */
export type Tone = "blocked" | "unknown" | "open" | "none";

/**
 * What a picture of the network shows, and nothing about how it is drawn: the Mermaid diagram and the SVG show the same.
 * Fleets of one tier with the same verdicts are one node. Where something is not open, only that is shown: the VPCs that it
 * concerns, with what is patchable in them as one node.
 */
export interface Picture {
  readonly isAllOpen: boolean;
  readonly vpcs: readonly VpcPicture[];
  /** What is outside of every VPC. */
  readonly outside: readonly NodePicture[];
  readonly arrows: readonly Arrow[];
  /** The fleets that are left out, as a clause. */
  readonly rest: string | undefined;
}

export interface BoxPicture {
  readonly id: string;
  readonly title: string;
  /** Its subnets. */
  readonly subtitle?: string;
  readonly nodes: readonly NodePicture[];
}

export interface VpcPicture extends BoxPicture {
  readonly tiers: readonly BoxPicture[];
}

export interface NodePicture {
  readonly id: string;
  readonly is: "fleets" | "endpoint" | "gateway" | "place";
  readonly lines: readonly string[];
  readonly tone: Tone;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The hops on that way by their verdicts, a line for each. */
  readonly label: readonly string[];
  readonly tone: Tone;
}

/** A VPC of the picture, with its id there. */
export interface DrawnVpc extends VpcReport {
  readonly id: string;
}

export function gravestOf(tones: readonly Tone[]): Tone {
  return (["blocked", "unknown", "open"] as const).find((one) => tones.includes(one)) ?? "none";
}
