import { deepStrictEqual, ok } from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { Page, allPages, root } from "./page";

/** Where our own pages are published: a link to it is one to the file. */
const published = /^https:\/\/github\.com\/patchpath\/patchpath\/(?:blob|tree)\/main\//;

/** What is wrong with a link of a page. Addresses of others are not opened. */
function problemOf(page: Page, link: string, pages: ReadonlyMap<string, Page>): string | undefined {
  const isPublished = published.test(link);
  if (/^[a-z]+:/.test(link) && !isPublished) return undefined;
  const [target = "", anchor] = link.replace(published, "").split("#");
  const path = target === "" ? page.path : normalize(isPublished ? target : join(dirname(page.path), target));
  if (!existsSync(join(root, path))) return `${page.path}: ${link}: there is no ${path}`;
  if (anchor === undefined) return undefined;
  const file = statSync(join(root, path)).isDirectory() ? join(path, "README.md") : path;
  return pages.get(file)?.anchors.has(anchor) ? undefined : `${page.path}: ${link}: ${file} has no #${anchor}`;
}

describe("the documentation", () => {
  const pages = allPages();
  const byPath = new Map(pages.map((page) => [page.path, page]));

  it("has links that lead to files and headings that exist", () => {
    ok(pages.length > 70 && pages.flatMap(({ links }) => links).length > 300);
    deepStrictEqual(
      pages.flatMap((page) => page.links.flatMap((link) => problemOf(page, link, byPath) ?? [])),
      [],
    );
  });

  it("has links that are found wrong if they lead nowhere", () => {
    const page = new Page(
      "docs/x.md",
      "[a](none.md) [b](path.md#none) [c](#none) [d](path.md#the-hops) [e](https://x.y/)",
    );
    deepStrictEqual(
      page.links.map((link) => problemOf(page, link, byPath) !== undefined),
      [true, true, true, false, false],
    );
  });

  it("has how-to pages that say what remains unknown", () => {
    const pagesOfHowTo = pages.filter(({ path }) => path.startsWith("docs/how-to/"));
    ok(pagesOfHowTo.length >= 8);
    for (const { path, headings } of pagesOfHowTo)
      ok(
        headings.some(({ text }) => text === "What remains unknown"),
        path,
      );
  });

  it("reaches every page of docs/ from its index", () => {
    const index = byPath.get("docs/README.md")!;
    const linked = new Set(index.links.map((link) => normalize(join("docs", link.split("#")[0]!))));
    const inFolders = ["docs/rules/", "docs/components/"]; // listed by the tables that the index links to
    const pagesOfDocs = pages.map(({ path }) => path).filter((path) => path.startsWith("docs/"));
    deepStrictEqual(
      pagesOfDocs.filter(
        (path) => path !== index.path && !linked.has(path) && !inFolders.some((one) => path.startsWith(one)),
      ),
      [],
    );
  });
});
