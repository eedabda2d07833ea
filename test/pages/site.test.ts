import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../engine/offline-stack";
import { allPages, root } from "./page";
import { deadLinksIn, htmlIn } from "./site";

// The packages of the site take 100 MB, and a build half a minute.
if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
  describe("the site", function () {
    this.timeout(600_000);
    const site = join(root, "site");
    const built = join(site, ".vitepress", "dist");

    before(async () => {
      const quiet = ["--prefer-offline", "--no-audit", "--no-fund"];
      for (const args of [
        ["ci", ...quiet],
        ["run", "build"],
      ]) {
        const { code, output } = await runCommand("npm", args, {}, site);
        strictEqual(code, 0, output);
      }
    });

    it("has every page of docs/ and examples/, and the READMEs", () => {
      const paths = allPages().map(({ path }) => path);
      const expected = paths
        .filter((path) => /^(docs|examples)\/|^(components|policypack|audit)\/README\.md$/.test(path))
        .map((path) => path.replace(/README\.md$/, "index.md").replace(/md$/, "html"));
      deepStrictEqual(htmlIn(built), [...expected, "404.html", "index.html", "ja/index.html"].sort());
    });

    it("has no link that leads nowhere, also in the sidebar", () => {
      deepStrictEqual(deadLinksIn(built, "/patchpath/"), []);
    });

    it("has a search, a dark mode, and both languages", () => {
      const home = readFileSync(join(built, "index.html"), "utf8");
      match(home, /VPNavBarSearch/);
      match(home, /VPSwitchAppearance/);
      match(home, /href="\/patchpath\/ja\/"/);
      ok(readFileSync(join(built, "ja", "index.html"), "utf8").includes('<html lang="ja"'));
    });
  });
}
