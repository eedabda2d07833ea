import { JSDOM } from "jsdom";

/** A flowchart as Mermaid itself has read it. */
export interface Flowchart {
  /** Texts by id. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly { readonly start: string; readonly end: string; readonly text: string }[];
  /** Titles, with the ids of what is in them. */
  readonly boxes: readonly { readonly id: string; readonly title: string; readonly nodes: readonly string[] }[];
}

interface FlowDb {
  getVertices(): Map<string, { text?: string }>;
  getEdges(): Flowchart["edges"];
  getSubGraphs(): Flowchart["boxes"];
}

/** There is no other way to what it has read; its types advise against this one, since it may change. */
interface WithDiagrams {
  readonly mermaidAPI: { getDiagramFromText(text: string): Promise<{ db: FlowDb }> };
}

type Read = (text: string) => Promise<Flowchart>;

let reader: Promise<Read> | undefined;

/** Reads a diagram by Mermaid's own parser; throws where Mermaid would show an error in its place. */
export async function readFlowchart(text: string): Promise<Flowchart> {
  reader ??= loaded();
  return (await reader)(text);
}

/** Mermaid cleans texts by the DOM of a browser, which it looks for when it is loaded. */
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
