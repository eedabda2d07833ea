import { deepStrictEqual } from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { root } from "./installation";

type Dependencies = Record<string, string>;
interface Manifest {
  readonly dependencies: Dependencies;
  readonly devDependencies: Dependencies;
}

/** The lint of this checkout on some of its files, which stand beside a package.json that was changed. */
describe("the lint of imports", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  const files = {
    policypack: ["stack/addresses.ts", "iam/json.ts"],
    components: ["network/subnet-layout.ts", "fleet/user-data.ts"],
  };
  before(() => {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const [workspace, paths] of Object.entries(files)) {
      for (const path of paths) {
        mkdirSync(join(folder, workspace, dirname(path)), { recursive: true });
        cpSync(join(root, workspace, path), join(folder, workspace, path));
      }
    }
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the two rules say, by file, when the package.json of a workspace is changed. */
  async function problems(workspace: keyof typeof files, change: (manifest: Manifest) => void): Promise<string[]> {
    const manifest = JSON.parse(readFileSync(join(root, workspace, "package.json"), "utf8")) as Manifest;
    change(manifest);
    writeFileSync(join(folder, workspace, "package.json"), JSON.stringify(manifest));
    const lint = new ESLint({
      cwd: folder,
      overrideConfigFile: join(root, "eslint.config.mjs"),
      overrideConfig: tseslint.configs.disableTypeChecked as never, // the files are in no project here
      ruleFilter: ({ ruleId }) => ruleId.endsWith("/no-extraneous-dependencies"),
    });
    const results = await lint.lintFiles([workspace]);
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message }) => `${filePath.slice(folder.length + 1)}: ${ruleId ?? message}`),
    );
  }

  const nothing = () => undefined;

  it("accepts imports of listed packages", async () => {
    deepStrictEqual(await problems("policypack", nothing), []);
    deepStrictEqual(await problems("components", nothing), []);
  });

  it("rejects an import that the package does not list, even if others do", async () => {
    const withoutNetmask = ({ dependencies }: Manifest) => delete dependencies["netmask"];
    deepStrictEqual(await problems("policypack", withoutNetmask), [
      "policypack/stack/addresses.ts: imports/no-extraneous-dependencies",
      "policypack/stack/addresses.ts: types/no-extraneous-dependencies",
    ]);
    deepStrictEqual(await problems("components", ({ dependencies }) => delete dependencies["patchpath"]), [
      "components/fleet/user-data.ts: imports/no-extraneous-dependencies",
      "components/fleet/user-data.ts: types/no-extraneous-dependencies",
    ]);
  });

  it("rejects a devDependency at run time, and accepts its types", async () => {
    const forDevelopment = ({ dependencies, devDependencies }: Manifest) => {
      delete dependencies["netmask"];
      devDependencies["netmask"] = "2.1.1";
    };
    deepStrictEqual(await problems("policypack", forDevelopment), [
      "policypack/stack/addresses.ts: imports/no-extraneous-dependencies",
    ]);
    const typesForDevelopment = ({ dependencies, devDependencies }: Manifest) => {
      delete dependencies["jsonc-parser"]; // iam/json.ts has a type of it
      devDependencies["jsonc-parser"] = "3.3.1";
    };
    deepStrictEqual(await problems("policypack", typesForDevelopment), []);
    deepStrictEqual(await problems("policypack", ({ dependencies }) => delete dependencies["jsonc-parser"]), [
      "policypack/iam/json.ts: types/no-extraneous-dependencies",
    ]);
  });
});
