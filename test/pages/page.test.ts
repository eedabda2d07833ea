import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { Page, slugOf } from "./page";

const text = `# A page

<!-- file: one.json -->

\`\`\`json
{}
\`\`\`

1. A step:
   \`\`\`sh
   npx patchpath # not a heading
   \`\`\`

See [the path](path.md#a-page), \`[not](a link)\` and ![an image](images/one.png).

| a | b |
| --- | --- |
| \`x \\| y\` | z |

## A page
`;

/** What the other tests of pages rely on. */
describe("a page", () => {
  const page = new Page("docs/one.md", text);

  it("has blocks with their names, also in lists", () => {
    deepStrictEqual(
      page.blocks.map(({ language, file, text }) => [language, file, text]),
      [
        ["json", "one.json", "{}\n"],
        ["sh", undefined, "npx patchpath # not a heading\n"],
      ],
    );
  });

  it("knows which block follows another directly", () => {
    const [first, second] = new Page("x.md", "```sh\na\n```\n\n```text\nb\n```\n\nWords.\n\n```text\nc\n```\n").blocks;
    const adjacent = new Page("x.md", "```sh\na\n```\n\n```text\nb\n```\n\nWords.\n\n```text\nc\n```\n");
    strictEqual(adjacent.after(first!)?.text, "b\n");
    strictEqual(adjacent.after(second!), undefined);
  });

  it("has headings with distinct anchors", () => {
    deepStrictEqual([...page.anchors], ["a-page", "a-page-1"]);
    strictEqual(slugOf("`patchpath:network` and [what](x.md) it is, 1.2"), "patchpathnetwork-and-what-it-is-12");
    strictEqual(slugOf("プライベートサブネット（VPC）"), "プライベートサブネットvpc");
  });

  it("has links and tables", () => {
    deepStrictEqual(page.links, ["path.md#a-page", "images/one.png"]);
    deepStrictEqual(page.tables, [[2, 2, 2]]);
  });
});
