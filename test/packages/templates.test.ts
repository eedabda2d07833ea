import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { topologies } from "../../components/topology/fleet-needs";
import { runCommand } from "../engine/offline-stack";
import { Installation, isWhole, root } from "./installation";

const templates = [...topologies].sort();
const pulumi = join(root, "offline", "pulumi");
const ours = ["policypack", "components"];

interface Manifest {
  readonly name: string;
  readonly dependencies: Record<string, string>;
}
const manifestIn = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** What a template becomes by `pulumi new`, but for our packages, which come from tarballs as they are not published. */
describe("the templates", () => {
  const user = new Installation();
  const state = { PATCHPATH_STATE_DIR: join(user.folder, ".state") };
  let tarballs: string[];

  before(async () => {
    if (!isWhole) return;
    tarballs = await Promise.all(ours.map((workspace) => user.pack(workspace)));
    mkdirSync(join(user.folder, "path"));
    writeFileSync(join(user.folder, "path", "pulumi"), `#!/bin/sh\nPATH="\${PATH#*:}" exec ${pulumi} "$@"\n`, {
      mode: 0o755,
    });
  });
  after(() => {
    user.remove();
  });

  /** @returns the folder of the new project */
  async function create(template: string): Promise<string> {
    const source = join(user.folder, "templates", template);
    cpSync(join(root, "templates", template), source, { recursive: true });
    const manifest = manifestIn(source);
    ours.forEach((workspace, i) => {
      const { name } = manifestIn(join(root, workspace));
      ok(name in manifest.dependencies, name);
      manifest.dependencies[name] = `file:${tarballs[i]!}`;
    });
    writeFileSync(join(source, "package.json"), JSON.stringify(manifest));
    const folder = join(user.folder, template);
    const created = await runCommand(
      pulumi,
      ["new", source, "--dir", folder, "--name", `shop-${template}`, "--stack", "dev", "--yes"],
      { ...state, npm_config_prefer_offline: "true" },
      user.folder,
    );
    strictEqual(created.code, 0, created.output);
    return folder;
  }

  const inFolder = (folder: string, command: string, ...args: string[]) =>
    runCommand(
      command,
      args,
      { ...state, PATH: [join(user.folder, "path"), process.env["PATH"]].join(delimiter) },
      folder,
    );

  /** The fleets of the plan that `explain` does not find patchable; there is one fleet at least. */
  async function otherVerdicts(folder: string): Promise<object[]> {
    const { stdout: plan } = await inFolder(folder, "pulumi", "preview", "--json", "--show-sames", "--stack", "dev");
    writeFileSync(join(folder, "plan.json"), plan);
    const explained = await inFolder(folder, "npx", "patchpath", "explain", "--plan", "plan.json", "--format", "json");
    const { fleets } = JSON.parse(explained.stdout) as { fleets: { verdict: string }[] };
    ok(fleets.length > 0);
    return fleets.filter(({ verdict }) => verdict !== "patchable");
  }

  it("are one for each topology, with at most six files", () => {
    deepStrictEqual(readdirSync(join(root, "templates")).sort(), templates);
    for (const template of templates) {
      const files = readdirSync(join(root, "templates", template));
      ok(files.length <= 6, `${template}: ${files.join(", ")}`);
    }
  });

  // An installation of its own for each. components.test.ts compiles and previews their programs on one that it has anyway.
  for (const template of isWhole ? templates : []) {
    it(`create a project that compiles and whose preview passes the pack: ${template}`, async () => {
      const folder = await create(template);
      strictEqual(manifestIn(folder).name, `shop-${template}`);
      const types = await inFolder(folder, "npx", "tsc");
      strictEqual(types.code, 0, types.output);

      const preview = await inFolder(folder, "npm", "run", "preview", "--", "--stack", "dev", "--non-interactive");
      strictEqual(preview.code, 0, preview.output);
      match(preview.output, /✅ patchpath@v/);
      // The pack, which reports what is unknown too, has judged every hop already.
      deepStrictEqual(await otherVerdicts(folder), []);
    });
  }
});
