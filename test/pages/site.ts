import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The HTML files of a built site, as paths relative to its folder. */
export function htmlIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html"))
    .sort();
}

/** Links between pages of a built site that lead to no page, or to no heading of it. */
export function deadLinksIn(folder: string, base: string): string[] {
  const html = new Map(htmlIn(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  return [...html].flatMap(([file, text]) =>
    [...text.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].flatMap(([, href = ""]) => {
      if (!href.startsWith(base) && !href.startsWith("#")) return [];
      const [path = "", anchor] = href.split("#");
      const target = path === "" ? file : decodeURI(path.slice(base.length)).replace(/(^|\/)$/, "$1index.html");
      const page = html.get(target);
      if (page === undefined) return existsSync(join(folder, target)) ? [] : [`${file}: ${href}`];
      const id = anchor === undefined || anchor === "" ? undefined : decodeURIComponent(anchor);
      return id === undefined || page.includes(`id="${id}"`) ? [] : [`${file}: ${href}`];
    }),
  );
}
