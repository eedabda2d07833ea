import { deepStrictEqual, doesNotMatch, match, notStrictEqual, strictEqual } from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { policyPack, quick, runCommand } from "./offline-stack";

const root = join(__dirname, "..", "..");
const pulumi = join(root, "offline", "pulumi");

/** What the engine starts in addition to programs, how it reports their errors, and that nothing outlives it. */
describe("the plugins of the offline engine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  });
  afterEach(async () => {
    for (const { pid } of processes()) process.kill(pid, "SIGKILL");
    await noneLeft();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes files below the test's folder: text unchanged, everything else as JSON. */
  function write(files: Readonly<Record<string, unknown>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
  }
  const environment = () => ({ ...quick, PATCHPATH_STATE_DIR: join(folder, "state") });
  const run = (...args: string[]) => runCommand(pulumi, args, environment(), folder);

  /** All processes that this test started, whatever their parent is: the folder of the state is in their environment. */
  function processes(): { pid: number; command: string }[] {
    const marker = `PATCHPATH_STATE_DIR=${join(folder, "state")}\0`;
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          if (!readFileSync(`/proc/${pid}/environ`, "latin1").includes(marker)) return [];
          return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ") }];
        } catch {
          return []; // it ended in the meantime, or belongs to another user
        }
      })
      .filter(({ command }) => command !== ""); // ended, but not yet waited for
  }
  async function until(holds: () => boolean, seconds: number): Promise<void> {
    for (let tries = seconds * 10; !holds() && tries > 0; tries--) await delay(100);
  }
  async function noneLeft(): Promise<void> {
    await until(() => processes().length === 0, 15);
    deepStrictEqual(processes(), []);
  }

  const program = (code: string) => ({
    "program/Pulumi.yaml": "name: program\nruntime: nodejs\n",
    "program/Pulumi.test.yaml": "config:\n  aws:region: eu-west-1\n",
    "program/package.json": { name: "program", main: "index.js" },
    "program/index.js": code,
  });

  // ../packages/components.test.ts reads the schema of our own components in this way, without the compiler that this package needs.
  if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
    it("serve the schema of a component package, whose folder precedes the address of the engine", async () => {
      write({
        "component/PulumiPlugin.yaml": "runtime: nodejs\n",
        "component/package.json": { name: "some-component", version: "1.2.3", main: "index.ts" },
        "component/tsconfig.json": { compilerOptions: { strict: true, types: [] }, files: ["index.ts"] },
        "component/index.ts": `
          import * as pulumi from "@pulumi/pulumi";
          export interface TwiceArgs { count: pulumi.Input<number>; }
          export class Twice extends pulumi.ComponentResource {
            constructor(name: string, args: TwiceArgs, opts?: pulumi.ComponentResourceOptions) {
              super("some-component:index:Twice", name, args, opts);
            }
          }`,
      });
      const { code, output, stdout } = await run("package", "get-schema", "./component");
      strictEqual(code, 0, output);
      const schema = JSON.parse(stdout) as { name: string; version: string; resources: Record<string, unknown> };
      deepStrictEqual([schema.name, schema.version], ["some-component", "1.2.3"]);
      deepStrictEqual(schema.resources["some-component:index:Twice"], {
        type: "object",
        inputProperties: { count: { type: "number" } },
        requiredInputs: ["count"],
        isComponent: true,
      });
    });
  }

  it("install the dependencies of a new program, and preview it without a warning", async () => {
    write({
      "thing/package.json": { name: "thing", version: "1.0.0", main: "index.js" },
      "thing/index.js": "exports.answer = 42;",
      "template/Pulumi.yaml":
        "name: ${PROJECT}\nruntime: nodejs\ntemplate:\n  config:\n    aws:region:\n      default: eu-west-1\n",
      "template/package.json": { name: "${PROJECT}", main: "index.js", dependencies: { thing: "file:../thing" } },
      "template/index.js": 'exports.answer = require("thing").answer;',
    });
    const created = await run(
      "new",
      join(folder, "template"),
      "--dir",
      "created",
      "--name",
      "mine",
      "--stack",
      "test",
      "--yes",
    );
    strictEqual(created.code, 0, created.output);
    match(created.output, /Installing dependencies\.\.\.\n[^]*Finished installing dependencies\n/);
    strictEqual(existsSync(join(folder, "created", "node_modules", "thing", "index.js")), true);
    strictEqual(
      readFileSync(join(folder, "created", "Pulumi.test.yaml"), "utf8"),
      "config:\n  aws:region: eu-west-1\n",
    );

    const preview = await run("-C", "created", "preview");
    strictEqual(preview.code, 0, preview.output);
    match(preview.output, /answer: 42/);
    doesNotMatch(preview.output, /warning/);
  });

  it("report a failed installation", async () => {
    write({
      ...program(""),
      "program/package.json": { name: "program", dependencies: { thing: "file:../missing/thing.tgz" } },
    });
    const { code, output } = await run("-C", "program", "install");
    notStrictEqual(code, 0);
    match(output, /ENOENT.*missing\/thing\.tgz/);
    match(output, /`npm install --loglevel=error` exited with code \d+/);
  });

  it("report that the SDK of a pack is not installed", async () => {
    rmSync(join(folder, "node_modules"));
    write({
      ...program(""),
      "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
      "pack/package.json": { name: "pack", version: "1.0.0", main: "index.js" },
    });
    symlinkSync(join(root, "node_modules"), join(folder, "program", "node_modules"));
    await run("-C", "program", "stack", "init", "test");
    const preview = run("-C", "program", "preview", "--policy-pack", join(folder, "pack"));
    const ended = await Promise.race([preview, delay(60_000)]);
    if (!ended) throw new Error("the preview did not end within 60 s");
    notStrictEqual(ended.code, 0);
    match(
      ended.output,
      /policy pack ".*\/pack" failed to start: .*: @pulumi\/pulumi cannot be found from `.*\/pack`; run `npm install` there\n/,
    );
  });

  it("exit if the engine is killed", async () => {
    write(
      program(`
        const { CustomResource } = require("@pulumi/pulumi");
        new CustomResource("aws:ssm/parameter:Parameter", "it", { type: "String", value: "x", name: "/x" });
        setInterval(() => undefined, 1000);`),
    );
    await run("-C", "program", "stack", "init", "test");
    const preview = run("-C", "program", "preview", "--policy-pack", policyPack);
    const expected = [/language-host\.js/, /cmd\/run\//, /cmd\/run-policy-pack\//, /provider\.js|pulumi-resource-aws/];
    const running = () => processes().map(({ command }) => command);
    await until(() => expected.every((pattern) => running().some((command) => pattern.test(command))), 60);
    for (const pattern of expected) match(running().join("\n"), pattern);

    const engine = processes().find(({ command }) => /^\S+\/pulumi /.test(command));
    process.kill(engine!.pid, "SIGKILL");
    await noneLeft();
    strictEqual((await preview).code, 128 + 9);
  });

  it("exit with `npm start` if a terminal interrupts it", async () => {
    const start = spawn(process.execPath, [join(root, "scripts", "start.js")], {
      detached: true, // a separate process group, as a terminal creates
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment() },
    });
    const ended = new Promise((resolve) => start.on("close", resolve));
    await until(() => processes().some(({ command }) => command.includes("cmd/run/")), 60);
    process.kill(-start.pid!, "SIGINT");
    await noneLeft();
    strictEqual(await ended, 130);
  });
});
