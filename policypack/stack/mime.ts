/** One part of a MIME message: cloud-init takes several scripts and configurations in one user data so. */
export interface MimePart {
  /** In lower case, without parameters. */
  readonly type: string;
  readonly content: Buffer;
}

/** Whether a text is a MIME message: it begins with one of its headers. */
export function isMime(text: string): boolean {
  return /^(content-type|mime-version)\s*:/i.test(text);
}

/** How deeply messages nest at most; cloud-init's own tools never nest them. */
const deepest = 5;

/** The parts of a MIME message, those of messages within it among them; `undefined` for one that cannot be read. */
export function mimeParts(message: string, depth = 0): readonly MimePart[] | undefined {
  if (depth > deepest) return undefined;
  const { headers, body } = split(message);
  const type = (headers.get("content-type") ?? "text/plain").toLowerCase().split(/\s*;/)[0]!;
  if (!type.startsWith("multipart/")) {
    const content = contentOf(body, headers.get("content-transfer-encoding")?.toLowerCase() ?? "7bit");
    return content && [{ type, content }];
  }
  const [, quoted, bare] = /\bboundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(headers.get("content-type")!) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return undefined;
  const parts = partsBetween(body, boundary).map((part) => mimeParts(part, depth + 1));
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function split(message: string): { headers: ReadonlyMap<string, string>; body: string } {
  const lines = message.split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() === "");
  const head = end < 0 ? lines : lines.slice(0, end);
  // A line that begins with white space continues the header before it.
  const unfolded = head.join("\n").replace(/\n[ \t]+/g, " ");
  const headers = unfolded.split("\n").flatMap((line): [string, string][] => {
    const [, name, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value!]];
  });
  // A part without headers is its content; it begins with the empty line that ends headers, or not even that.
  if (headers.length === 0) return { headers: new Map(), body: lines.slice(end === 0 ? 1 : 0).join("\n") };
  return { headers: new Map(headers), body: end < 0 ? "" : lines.slice(end + 1).join("\n") };
}

function partsBetween(body: string, boundary: string): string[] {
  const parts: string[][] = [];
  for (const line of body.split(/\r?\n/)) {
    if (line.trimEnd() === `--${boundary}--`) break;
    if (line.trimEnd() === `--${boundary}`) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.map((lines) => lines.join("\n"));
}

function contentOf(body: string, encoding: string): Buffer | undefined {
  if (encoding === "base64") return Buffer.from(body, "base64");
  return ["7bit", "8bit", "binary"].includes(encoding) ? Buffer.from(body) : undefined;
}
