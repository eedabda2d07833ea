import { deepStrictEqual, ok } from "node:assert/strict";
import { cpSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Installation, isWhole, root } from "./installation";

const examples = join(root, "examples");

/** The folders of the examples in TypeScript. */
function programs(): string[] {
  return readdirSync(examples, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("package.json") && existsSync(join(examples, file, "..", "index.ts")))
    .map((file) => file.replace(/\/package\.json$/, ""))
    .sort();
}

/** What the programs say that they depend on, without our own packages. */
function dependencies(): string[] {
  const wanted = programs().flatMap((program) => {
    const manifest = readFileSync(join(examples, program, "package.json"), "utf8");
    return Object.entries((JSON.parse(manifest) as { dependencies: Record<string, string> }).dependencies);
  });
  const others = wanted.filter(([name]) => !/^(@patchpath\/|patchpath$)/.test(name));
  return [...new Set(others.map(([name, version]) => `${name}@${version}`))];
}

const tsconfig = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    skipLibCheck: true,
    pretty: false,
  },
  include: ["programs"],
};

// `npm run types` checks all but two of them, whose packages are not among those of this checkout: they take 100 MB.
if (isWhole) {
  describe("the examples in TypeScript, outside of this checkout", () => {
    const user = new Installation();
    before(async () => {
      await user.install(["policypack", "components"], [...dependencies(), "typescript@~5.9.3", "@types/node@20"]);
      user.write("tsconfig.json", tsconfig);
      for (const program of programs())
        cpSync(join(examples, program), join(user.folder, "programs", program), { recursive: true });
    });
    after(() => {
      user.remove();
    });

    it("compile with the packages and versions that they depend on", async () => {
      ok(programs().includes("awsx-vpc") && programs().includes("eks-node-group"));
      const { code, output } = await user.run("node", "node_modules/typescript/bin/tsc", "-p", ".");
      deepStrictEqual({ code, output }, { code: 0, output: "" });
    });
  });
}
