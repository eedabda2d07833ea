import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, patchpath as run } from "../../command/patchpath";
import { regions } from "../../../policypack/facts/regions";
import { accountOnly, json } from "../rules/examples";
import { patchedStack } from "../rules/network";
import { stateOf } from "../report/stack-files";
import { shownStateOf } from "../sources/as-terraform";

const patchpath = (...args: string[]) => run(args, ".");

/** The commands that the help lists, without using the program's code. */
const commands = [...patchpath("--help").stdout.matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name]) => name!);
const own = commands.slice(0, commands.indexOf("help"));

function optionsInHelp(name: string): string[] {
  return [...patchpath(name, "--help").stdout.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)/gm)]
    .flatMap(([, short, long]) => [long!, ...(short === undefined ? [] : [short])])
    .sort();
}

describe("the help of patchpath", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  const state = JSON.stringify(stateOf(patchedStack()));
  before(() => {
    symlinkSync(command, join(folder, "patchpath"));
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncat state.json\n`, { mode: 0o755 }); // data that is piped in
    writeFileSync(join(folder, "terraform"), `#!/bin/sh\ncat shown.json\n`, { mode: 0o755 });
    writeFileSync(join(folder, "shown.json"), JSON.stringify(shownStateOf(patchedStack())));
    writeFileSync(join(folder, "state.json"), state);
    writeFileSync(join(folder, "network.json"), JSON.stringify(stateOf(patchedStack(), "network")));
    writeFileSync(join(folder, "payments.json"), JSON.stringify(stateOf([], "payments")));
    mkdirSync(join(folder, "envs", "prod"), { recursive: true });
    writeFileSync(join(folder, "envs", "prod", "network.json"), state);
    writeFileSync(join(folder, "plan.json"), JSON.stringify({ steps: [], changeSummary: {} }));
    writeFileSync(join(folder, "policy.json"), json(accountOnly));
    writeFileSync(join(folder, "policy-config.json"), "{}");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** An example without shell syntax needs no shell, and so no process, but in `npm run test:all`. */
  function ran(example: string): { readonly status: number | null; readonly stderr: string } {
    const path = `${folder}:${process.env["PATH"] ?? ""}`;
    const [name, ...args] = example.split(" ");
    if (name === "patchpath" && args.every((arg) => /^[\w./-]+$/.test(arg))) {
      const { code, stderr } = run(args, folder, "", { HOME: folder, PATH: path });
      return { status: code, stderr };
    }
    const env = { ...process.env, HOME: folder, PATH: path };
    return spawnSync("bash", ["--norc", "-c", example], { cwd: folder, encoding: "utf8", env });
  }

  it("names the commands", () => {
    deepStrictEqual(own, [
      "policy",
      "explain",
      "audit",
      "preview",
      "comment",
      "roles",
      "context",
      "config",
      "completion",
    ]);
  });

  for (const name of ["", ...own]) {
    it(`ends with working examples and exit codes: ${name || "the program"}`, () => {
      const { stdout } = patchpath(...(name ? [name] : []), "--help");
      const [, examples = "", codes = ""] = /\n\nExamples:\n((?: {2}.+\n)+)\nExit codes:\n((?: {2}\d {2}.+\n)+)$/.exec(
        stdout,
      )!;
      for (const example of examples.trim().split("\n")) {
        if (["audit", "comment"].includes(name)) continue; // tested elsewhere, against a server
        const line = example.replace("~/.config/fish/completions/", "").replace("completion zsh", "completion bash");
        const { status, stderr } = ran(line.trim());
        strictEqual(stderr, "", example);
        ok(codes.includes(`  ${status}  `) && status !== 2, `${example}: ${status}`);
      }
    });
  }
});

describe("patchpath completion", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  before(() => {
    for (const shell of ["bash", "zsh", "fish"]) {
      writeFileSync(join(folder, shell), patchpath("completion", shell).stdout);
    }
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  /** The output of a shell that has sourced the completion script. */
  function inShell(shell: string, flags: readonly string[], code: string, ...args: readonly string[]): string {
    const { stdout, stderr } = spawnSync(shell, [...flags, code, ...args], { cwd: folder, encoding: "utf8" });
    strictEqual(stderr, "");
    return stdout;
  }

  /** What bash offers for the last word of a line, passed as readline does. */
  function offered(line: string): string[] {
    const words = line.split(/ |(?<==)|(?==)/);
    const complete = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _patchpath; printf '%s\\n' "\${COMPREPLY[@]-}"`;
    const stdout = inShell("bash", ["--norc", "-uc"], `source ./bash; ${complete}`, "bash", ...words);
    return stdout.split("\n").filter((word) => word !== "");
  }

  it("offers in bash the commands", () => {
    deepStrictEqual(offered("patchpath "), [...own, "--version", "-V", "--help", "-h"]);
    deepStrictEqual(offered("patchpath co"), ["comment", "context", "config", "completion"]);
  });

  for (const name of own) {
    it(`offers in bash each option that the help of ${name} shows`, () => {
      deepStrictEqual(offered(`patchpath ${name} -`).sort(), optionsInHelp(name));
    });
  }

  it("offers in bash the values of options, and leaves files to bash", () => {
    deepStrictEqual(offered("patchpath explain --format "), [
      "text",
      "json",
      "markdown",
      "sarif",
      "junit",
      "mermaid",
      "html",
    ]);
    deepStrictEqual(offered("patchpath explain --format=s"), ["sarif"]);
    deepStrictEqual(offered("patchpath policy --format "), ["text", "json", "markdown", "html"]);
    deepStrictEqual(offered("patchpath policy a.json --region "), Object.keys(regions));
    deepStrictEqual(offered("patchpath policy --os amazon-linux-2 amazon-linux-202"), ["amazon-linux-2023"]);
    deepStrictEqual(offered("patchpath completion f"), ["fish"]);
    for (const line of [
      "patchpath explain --state ",
      "patchpath explain --state a.json ",
      "patchpath explain --out x",
    ]) {
      deepStrictEqual(offered(line), [], line);
    }
    deepStrictEqual(offered("patchpath explain --state a.json --fo"), ["--format"]);
    deepStrictEqual(offered("patchpath explain --region eu-west-1 --fo"), ["--format"]);
    const stdout = inShell("bash", ["--norc", "-c"], "source ./bash; complete -p patchpath");
    strictEqual(stdout, "complete -o default -F _patchpath patchpath\n");
  });

  // In the shells themselves, if they are installed (Debian: apt-get install zsh fish).
  const isThere = (shell: string) => spawnSync(shell, ["--version"]).status === 0;
  if (process.env["PATCHPATH_WHOLE_MATRICES"] && isThere("fish")) {
    const offeredByFish = (line: string) =>
      inShell("fish", ["--no-config", "-c"], `source ./fish; complete -C '${line}'`)
        .split("\n")
        .flatMap((one) => one.split("\t")[0] || []);

    it("offers the same in fish", () => {
      deepStrictEqual(offeredByFish("patchpath ").sort(), [...own].sort());
      for (const name of own) {
        const long = optionsInHelp(name).filter((option) => option.startsWith("--"));
        deepStrictEqual(offeredByFish(`patchpath ${name} --`).sort(), long, name);
      }
      deepStrictEqual(offeredByFish("patchpath explain --format ").sort(), [
        "html",
        "json",
        "junit",
        "markdown",
        "mermaid",
        "sarif",
        "text",
      ]);
      deepStrictEqual(offeredByFish("patchpath completion f"), ["fish"]);
    });
  }

  if (process.env["PATCHPATH_WHOLE_MATRICES"] && isThere("zsh")) {
    it("is a script that zsh accepts", () => {
      const code = "autoload -U compinit && compinit -D && source ./zsh && print $_comps[patchpath]";
      strictEqual(inShell("zsh", ["-fc"], code), "_patchpath\n");
    });
  }
});
