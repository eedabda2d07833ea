import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { hops } from "../policypack/path/hop";
import { exampleFolders } from "./engine/example-stacks";
import { allPages, root } from "./pages/page";
import type { Printed } from "./command/patchpath";
import { type Shown, isRunnable, pattern, run, shownOn } from "./pages/shown-commands";

/**
 * What the pages show of the command, among them the READMEs. A block with commands, directly followed by one with an output,
 * is run in a folder with the files that the page names (`<!-- file: policy.json -->`) and with `examples/`.
 */
describe("the pages show what the command prints", () => {
  const pages = allPages().filter(({ path }) => /^(README[^/]*\.md|docs\/|examples\/)/.test(path));
  const shown = pages.flatMap(shownOn);
  const runnable = shown.filter(isRunnable);
  const results = new Map<Shown, Printed>();

  before(() => {
    const outcomes = run(runnable);
    runnable.forEach((one, i) => results.set(one, outcomes[i]!));
  });

  for (const one of runnable) {
    it(`${one.page.path}, line ${one.block.line + 1}: ${one.block.text.trimEnd().split("\n").at(-1) ?? ""}`, () => {
      const { code, output } = results.get(one)!;
      notStrictEqual(code, 2, output);
      match(output, pattern(one.output.text));
    });
  }

  it("at all the places that are listed, and others are held by other tests", () => {
    ok(runnable.length >= 20, `${runnable.length} blocks`);
    deepStrictEqual([...new Set(shown.filter((one) => !isRunnable(one)).map(({ page }) => page.path))], heldByOthers);
  });
});

describe("the README", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const counted = (pattern: RegExp) => Number(pattern.exec(readme)?.[1]);

  it("counts components, examples and hops right, and names every hop", () => {
    strictEqual(counted(/has (\d+) Pulumi components/), readdirSync(join(root, "docs", "components")).length);
    strictEqual(counted(/\[(\d+) examples\]/), exampleFolders().length);
    strictEqual(counted(/The (\d+) \[hops\]/), hops.length);
    for (const hop of hops) ok(readme.includes(`\`${hop}\``), hop);
  });
});

/** Pages with outputs of commands that need an engine: test/engine/dev-stack.test.ts. */
const heldByOthers = ["docs/how-to/try-without-an-aws-account.md"];
