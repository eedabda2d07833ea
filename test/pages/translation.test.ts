import { deepStrictEqual, notDeepStrictEqual, ok } from "node:assert/strict";
import { Page } from "./page";

/** What a translation keeps: names, numbers and what can be pasted. Its sentences are its own. */
function skeletonOf(page: Page) {
  return {
    headings: page.headings.map(({ level }) => level),
    blocks: page.blocks.map(({ language, text }) => [language, withoutComments(text)]),
    tables: page.tables,
    rows: page.prose.filter((line) => line.startsWith("|")).map(namesIn),
    numbers: page.prose
      .filter((line) => !line.startsWith("|"))
      .flatMap(numbersIn)
      .sort(),
    links: page.links.filter((link) => !link.startsWith("README")).sort(),
  };
}

const withoutComments = (text: string) => text.replace(/^#.*\n/gm, "").replace(/ +#.*$/gm, "");

/** The code, versions, dates, prices and levels in a row of a table. */
function namesIn(row: string): string[] {
  return [...row.matchAll(/`[^`]+`|\d[\d.,-]*\d|\b(?:mandatory|advisory)\b/g)].map(([name]) => name);
}

/** Counts, versions and dates of two digits or more: smaller numbers are words in English. */
function numbersIn(line: string): string[] {
  return [...line.replace(/\]\([^)]*\)/g, "]").matchAll(/\d[\d.-]*\d/g)].map(([number]) => number);
}

describe("README.ja.md", () => {
  const english = new Page("README.md");
  const japanese = new Page("README.ja.md");

  it("is in step with README.md: headings, code blocks, tables, links", () => {
    deepStrictEqual(skeletonOf(japanese), skeletonOf(english));
  });

  it("is in Japanese: no heading and no paragraph is the same", () => {
    const isJapanese = (text: string) => /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(text);
    const sentences = japanese.prose.filter((line) => /^[A-Za-z0-9].{60,}$/.test(line) && !isJapanese(line));
    deepStrictEqual(sentences, []);
    ok(japanese.headings.slice(1).every(({ text }) => isJapanese(text)));
  });

  it("would be out of step with another block, row, heading or link", () => {
    const text = japanese.lines.join("\n");
    for (const [from, to] of [
      ["preview --stack dev", "preview --stack prod"],
      ["32.12", "32.13"],
      ["## 制限", "### 制限"],
      ["(docs/audit.md)", "(docs/config.md)"],
      ["| 5.46.0", "| 5.45.0"],
      ["55 個", "54 個"],
    ] as const) {
      const changed = new Page("README.ja.md", text.replace(from, to));
      notDeepStrictEqual(skeletonOf(changed), skeletonOf(english), `${from} → ${to}`);
    }
  });
});
