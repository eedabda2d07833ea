import { strictEqual } from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackConfigFiles } from "../../offline/stack-config";

describe("the config files of a stack", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    file = join(folder, "Pulumi.dev.yaml");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: x\nruntime: nodejs\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const written = "# by hand\nconfig:\n  aws:region:   eu-west-1\n";
  const salt = "encryptionsalt: v1:abc\n";

  it("lose the salt that a command added, and are otherwise unchanged", () => {
    writeFileSync(file, written);
    const files = new StackConfigFiles([], folder);
    writeFileSync(file, `${salt}config:\n  aws:region: eu-west-1\n`);
    files.removeSalt();
    strictEqual(readFileSync(file, "utf8"), written);
  });

  it("are removed if only the salt created them", () => {
    const files = new StackConfigFiles([], folder);
    writeFileSync(file, salt);
    files.removeSalt();
    strictEqual(existsSync(file), false);
  });

  it("keep other changes of a command, without the salt", () => {
    writeFileSync(file, written);
    const files = new StackConfigFiles([], folder);
    writeFileSync(file, `${salt}config:\n  aws:region: eu-west-1\n  x:size: 3\n`);
    files.removeSalt();
    strictEqual(readFileSync(file, "utf8"), "config:\n  aws:region: eu-west-1\n  x:size: 3\n");
  });

  it("keep the salt if there is a secret, which is encrypted with it", () => {
    writeFileSync(file, written);
    const files = new StackConfigFiles([], folder);
    const changed = `${salt}config:\n  x:nested:\n    - token:\n        secure: v1:def\n`;
    writeFileSync(file, changed);
    files.removeSalt();
    strictEqual(readFileSync(file, "utf8"), changed);
  });

  it("keep a salt that was there before", () => {
    writeFileSync(file, salt + written);
    const files = new StackConfigFiles([], folder);
    files.removeSalt();
    strictEqual(readFileSync(file, "utf8"), salt + written);
  });

  for (const args of [
    ["-C", "program", "preview"],
    ["preview", "--cwd", "program"],
    ["preview", "--cwd=program"],
    ["-Cprogram", "preview"],
  ]) {
    it(`are those of the project that \`${args.join(" ")}\` works on, from a folder below it too`, () => {
      const below = join(folder, "program");
      mkdirSync(below);
      const files = new StackConfigFiles(args, folder);
      writeFileSync(file, salt);
      files.removeSalt();
      strictEqual(existsSync(file), false);
    });
  }

  it("are those of a project that `pulumi new --dir` created", () => {
    const files = new StackConfigFiles(["new", "template", "--dir", "created", "--yes"], folder);
    const created = join(folder, "created");
    mkdirSync(created);
    writeFileSync(join(created, "Pulumi.yaml"), "name: y\nruntime: nodejs\n");
    writeFileSync(join(created, "Pulumi.dev.yaml"), `${salt}config:\n  aws:region: eu-west-1\n`);
    files.removeSalt();
    strictEqual(readFileSync(join(created, "Pulumi.dev.yaml"), "utf8"), "config:\n  aws:region: eu-west-1\n");
  });

  for (const args of [
    ["--config-file", "below/mine.yaml"],
    ["--config-file=below/mine.yaml", "preview"],
  ]) {
    it(`include the one of \`${args.join(" ")}\``, () => {
      const mine = join(folder, "below", "mine.yaml");
      mkdirSync(join(folder, "below"));
      writeFileSync(mine, written);
      const files = new StackConfigFiles(args, folder);
      writeFileSync(mine, `${salt}config:\n  aws:region: eu-west-1\n`);
      files.removeSalt();
      strictEqual(readFileSync(mine, "utf8"), written);
    });
  }
});
