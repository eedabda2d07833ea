import type { BoxPicture, Picture } from "../picture/parts";

/** What this module uses of the layout library, whose own types are for ES modules only. */
interface Dagre {
  readonly graphlib: { readonly Graph: new (options: { compound: boolean; multigraph: boolean }) => Graph };
  readonly layout: (graph: Graph) => void;
}

interface Graph {
  setGraph(label: object): void;
  setDefaultEdgeLabel(label: () => object): void;
  setNode(id: string, label: object): void;
  setParent(id: string, parent: string): void;
  setEdge(from: string, to: string, label: object): void;
  node(id: string): Area;
  edge(from: string, to: string): { readonly points: readonly Point[]; readonly x?: number; readonly y?: number };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where something is: its middle, and its size. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Of boxes and nodes, by their ids. */
  readonly areas: ReadonlyMap<string, Area>;
  /** In the order of the arrows, with the middle of the label. */
  readonly lines: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/** In pixels, for text of 13 pixels. */
export const text = { line: 18, padding: 12 } as const;
const apart = { nodes: 48, columns: 56, labels: 10 } as const;

/** The place of everything in a picture, by dagre, which is loaded here only: most reports draw nothing. */
export function layoutOf(picture: Picture): Layout {
  const { vpcs, outside, arrows } = picture;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on demand, and without waiting
  const { graphlib, layout } = require("@dagrejs/dagre") as Dagre;
  const graph = new graphlib.Graph({ compound: true, multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: apart.nodes, edgesep: 24, ranksep: apart.columns });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids: string[] = [];
  const addNodes = (box: BoxPicture, widest: number) => {
    for (const { id, lines } of box.nodes) {
      const width = Math.max(widest, ...lines.map((line, i) => widthOf(line, i === 0))) + 2 * text.padding;
      graph.setNode(id, { width, height: lines.length * text.line + text.padding });
      graph.setParent(id, box.id);
      ids.push(id);
    }
  };
  for (const vpc of vpcs) {
    graph.setNode(vpc.id, {});
    ids.push(vpc.id);
    addNodes(vpc, 0);
    for (const tier of vpc.tiers) {
      graph.setNode(tier.id, {});
      graph.setParent(tier.id, vpc.id);
      ids.push(tier.id);
      addNodes(tier, Math.max(widthOf(tier.title, true), widthOf(tier.subtitle ?? "", false)));
    }
  }
  for (const { id, lines } of outside) {
    graph.setNode(id, { width: widthOf(lines[0]!, true) + 2 * text.padding, height: text.line + text.padding });
    ids.push(id);
  }
  for (const { from, to, label } of arrows) {
    const width = label.length === 0 ? 0 : Math.max(...label.map((line) => widthOf(line, false))) + apart.labels;
    graph.setEdge(from, to, { width, height: label.length * text.line, labelpos: "c" });
  }
  for (const { id, beside } of isolated(picture)) graph.setEdge(id, beside, { weight: 0 });
  layout(graph);
  const areas = new Map(ids.map((id) => [id, graph.node(id)]));
  for (const vpc of vpcs) {
    for (const tier of vpc.tiers) areas.set(tier.id, around(tier, [], areas));
    areas.set(vpc.id, around(vpc, vpc.tiers, areas));
  }
  const lines = arrows.map(({ from, to }) => {
    const { points, x = 0, y = 0 } = graph.edge(from, to);
    return { points, label: { x, y } };
  });
  return {
    ...boundsOf(
      areas.values(),
      lines.flatMap(({ points }) => points),
    ),
    areas,
    lines,
  };
}

/** What no arrow leads to stays in the column of fleets, by a line that is not drawn. */
function isolated({ vpcs, arrows }: Picture): { id: string; beside: string }[] {
  const drawn = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  return vpcs.flatMap(({ nodes }) => {
    const beside = nodes.find(({ id, is }) => is !== "fleets" && drawn.has(id));
    const alone = nodes.filter(({ id, is }) => is === "fleets" && !drawn.has(id));
    return beside === undefined ? [] : alone.map(({ id }) => ({ id, beside: beside.id }));
  });
}

/** A box around its content, with room for its title: the library keeps boxes apart, and knows of no titles. */
function around(box: BoxPicture, inner: readonly BoxPicture[], areas: ReadonlyMap<string, Area>): Area {
  const content = [...box.nodes, ...inner].map(({ id }) => areas.get(id)!);
  const { left, top, right, bottom } = edgesOf(content);
  const title = (box.subtitle === undefined ? 1 : 2) * text.line + 4;
  const [x, y] = [left - text.padding, top - text.padding - title];
  const width = Math.max(right + text.padding - x, widthOf(box.title, true) + 2 * text.padding);
  const height = bottom + text.padding - y;
  return { x: x + width / 2, y: y + height / 2, width, height };
}

function boundsOf(areas: Iterable<Area>, points: readonly Point[]): Pick<Layout, "left" | "top" | "width" | "height"> {
  const all = [...areas, ...points.map(({ x, y }) => ({ x, y, width: 0, height: 0 }))];
  const { left, top, right, bottom } = edgesOf(all);
  const margin = text.padding;
  return {
    left: Math.floor(left - margin),
    top: Math.floor(top - margin),
    width: Math.ceil(right - left + 2 * margin),
    height: Math.ceil(bottom - top + 2 * margin),
  };
}

function edgesOf(areas: readonly Area[]): { left: number; top: number; right: number; bottom: number } {
  return {
    left: Math.min(...areas.map(({ x, width }) => x - width / 2)),
    top: Math.min(...areas.map(({ y, height }) => y - height / 2)),
    right: Math.max(...areas.map(({ x, width }) => x + width / 2)),
    bottom: Math.max(...areas.map(({ y, height }) => y + height / 2)),
  };
}

/** An estimate that fonts of all systems stay within: nothing here can measure text. */
export function widthOf(line: string, isBold: boolean): number {
  const characters = line.match(/./gu) ?? [];
  const wide = characters.filter((one) => /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(one));
  return Math.ceil(wide.length * 13 + (characters.length - wide.length) * (isBold ? 7.6 : 7.1));
}
