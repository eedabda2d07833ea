import type { PathReport } from "../path-report";
import type { Arrow, BoxPicture, NodePicture, Picture, Tone } from "../picture/parts";
import { pictureOf } from "../picture/picture";
import { pictureInWords } from "../picture/words";
import { type Area, type Layout, layoutOf, text, widthOf } from "./layout";
import { escaped } from "./markup";

/** Groups of fleets in the picture; how many more there are is said below it. */
const mostGroups = 12;

const tones: readonly Tone[] = ["open", "unknown", "blocked", "none"];

/** The picture of the network as SVG, with buttons that the script makes work, and the same in words. */
export function networkAsHtml(report: PathReport): string[] {
  if (report.fleets.length === 0) return [];
  const picture = pictureOf(report, mostGroups);
  if (picture.vpcs.length === 0) return [];
  const words = pictureInWords(picture);
  return [
    "<figure>",
    '<p class="zoom" data-js hidden><button type="button" data-zoom="in">Zoom in</button> <button type="button" data-zoom="out">Zoom out</button> <button type="button" data-zoom="fit">Fit</button></p>',
    '<div class="drawing" id="drawing" tabindex="0" role="region" aria-label="Network: arrow keys scroll, + and − zoom, 0 fits">',
    ...drawn(picture, layoutOf(picture)),
    "</div>",
    '<figcaption><details id="in-words"><summary>The network in words</summary>',
    `<ul class="plain">${words.map((line) => `<li>${escaped(line)}</li>`).join("\n")}</ul>`,
    "</details></figcaption>",
    "</figure>",
  ];
}

function drawn({ vpcs, outside, arrows, rest }: Picture, { left, top, width, height, areas, lines }: Layout): string[] {
  const nodes = [...vpcs.flatMap((vpc) => [...vpc.nodes, ...vpc.tiers.flatMap((tier) => tier.nodes)]), ...outside];
  const below = rest === undefined ? 0 : text.line + text.padding;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + below}" viewBox="${left} ${top} ${width} ${height + below}" role="img" aria-labelledby="network-title" aria-describedby="in-words">`,
    `<defs>${tones.map(arrowhead).join("")}</defs>`,
    ...vpcs.flatMap((vpc) => [
      ...boxAsSvg(vpc, areas.get(vpc.id)!, "vpc"),
      ...vpc.tiers.flatMap((tier) => boxAsSvg(tier, areas.get(tier.id)!, "tier")),
    ]),
    ...arrows.map((arrow, i) => arrowAsSvg(arrow, lines[i]!)),
    ...nodes.map((node) => nodeAsSvg(node, areas.get(node.id)!)),
    ...arrows.flatMap((arrow, i) => labelAsSvg(arrow, lines[i]!)),
    ...(rest === undefined
      ? []
      : [`<text class="rest" x="${left + text.padding}" y="${top + height + text.line}">${escaped(rest)}</text>`]),
    "</svg>",
  ];
}

function arrowhead(tone: Tone): string {
  return `<marker id="to-${tone}" class="head ${tone}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8Z"/></marker>`;
}

function boxAsSvg({ title, subtitle }: BoxPicture, area: Area, kind: string): string[] {
  const { x, y } = cornerOf(area);
  return [
    `<rect class="box ${kind}" x="${x}" y="${y}" width="${round(area.width)}" height="${round(area.height)}" rx="6"/>`,
    `<text class="title" x="${x + text.padding}" y="${y + text.line}">${escaped(title)}</text>`,
    ...(subtitle === undefined
      ? []
      : [`<text class="subtitle" x="${x + text.padding}" y="${y + 2 * text.line - 2}">${escaped(subtitle)}</text>`]),
  ];
}

function nodeAsSvg({ is, lines, tone }: NodePicture, area: Area): string {
  const { x, y } = cornerOf(area);
  const radius = is === "fleets" || is === "place" ? 12 : 3;
  return [
    `<g class="node ${is} ${tone}"><rect x="${x}" y="${y}" width="${round(area.width)}" height="${round(area.height)}" rx="${radius}"/>`,
    ...textAsSvg(lines, round(area.x), y + text.padding / 2),
    "</g>",
  ].join("");
}

/** Lines below each other, from the top. */
function textAsSvg(lines: readonly string[], x: number, top: number): string[] {
  return lines.map(
    (line, i) =>
      `<text x="${x}" y="${round(top + (i + 1) * text.line - 5)}"${i === 0 ? ' class="first"' : ""}>${escaped(line)}</text>`,
  );
}

/** Round at the corners: from the middle of each piece to the middle of the next. */
function arrowAsSvg({ tone }: Arrow, { points }: Layout["lines"][number]): string {
  const at = ({ x, y }: { x: number; y: number }) => `${round(x)} ${round(y)}`;
  const middles = points.slice(1).map((to, i) => ({ x: (points[i]!.x + to.x) / 2, y: (points[i]!.y + to.y) / 2 }));
  const curves = points.slice(1, -1).map((corner, i) => `Q${at(corner)} ${at(middles[i + 1]!)}`);
  const d = [`M${at(points[0]!)}`, `L${at(middles[0]!)}`, ...curves, `L${at(points.at(-1)!)}`].join("");
  return `<path class="arrow ${tone}" d="${d}" marker-end="url(#to-${tone})"/>`;
}

function labelAsSvg({ label, tone }: Arrow, { label: { x, y } }: Layout["lines"][number]): string[] {
  if (label.length === 0) return [];
  const width = Math.max(...label.map((line) => widthOf(line, false)));
  const height = label.length * text.line;
  const [left, top] = [round(x - width / 2), round(y - height / 2)];
  return [
    `<g class="label ${tone}"><rect x="${left}" y="${top}" width="${width}" height="${height}" rx="3"/>`,
    ...label.map(
      (line, i) => `<text x="${round(x)}" y="${round(top + (i + 1) * text.line - 5)}">${escaped(line)}</text>`,
    ),
    "</g>",
  ];
}

function cornerOf({ x, y, width, height }: Area): { x: number; y: number } {
  return { x: round(x - width / 2), y: round(y - height / 2) };
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
