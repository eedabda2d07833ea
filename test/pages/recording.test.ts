import { strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./page";

describe("the recording in the README", () => {
  it("is what the command prints today", () => {
    const script = join(root, "scripts", "recording.ts");
    const args = ["-r", join(root, "scripts", "typescript.js"), script, "--check"];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    strictEqual(stderr, "");
    strictEqual(status, 0);
  });
});
