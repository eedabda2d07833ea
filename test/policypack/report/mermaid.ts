import { JSDOM } from "jsdom";

/** A flowchart as Mermaid parses it. */
export interface Flowchart {
  /** Texts by ID. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly { readonly start: string; readonly end: string; readonly text: string }[];
  /** Titles, with the IDs of their content. */
  readonly boxes: readonly { readonly id: string; readonly title: string; readonly nodes: readonly string[] }[];
}

interface FlowDb {
  getVertices(): Map<string, { text?: string }>;
  getEdges(): Flowchart["edges"];
  getSubGraphs(): Flowchart["boxes"];
}

/** The only access to the parsed diagram; Mermaid's types advise against it, since it may change. */
interface WithDiagrams {
  readonly mermaidAPI: { getDiagramFromText(text: string): Promise<{ db: FlowDb }> };
}

type Read = (text: string) => Promise<Flowchart>;

let reader: Promise<Read> | undefined;

/** Parses a diagram with Mermaid's own parser; throws if Mermaid would show an error instead. */
export async function readFlowchart(text: string): Promise<Flowchart> {
  reader ??= loaded();
  return (await reader)(text);
}

/** Mermaid sanitizes texts with the DOM of a browser, which it looks for when it is loaded. */
async function loaded(): Promise<Read> {
  const { window } = new JSDOM("");
  Object.assign(globalThis, { window, document: window.document });
  try {
    const { default: mermaid } = await import("mermaid");
    mermaid.initialize({ startOnLoad: false });
    const { mermaidAPI } = mermaid as unknown as WithDiagrams;
    await mermaid.parse("flowchart LR\n  a --> b");
    return async (text) => {
      await mermaid.parse(text);
      const { db } = await mermaidAPI.getDiagramFromText(text);
      const nodes = [...db.getVertices()].map(([id, vertex]) => [id, vertex.text ?? ""] as const);
      return { nodes: new Map(nodes), edges: db.getEdges(), boxes: db.getSubGraphs() };
    };
  } finally {
    Reflect.deleteProperty(globalThis, "window");
    Reflect.deleteProperty(globalThis, "document");
  }
}
