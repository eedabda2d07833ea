import { deepStrictEqual, match, ok } from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Installation, isWhole, root } from "./installation";

/** As `pulumi new` writes it, and with what it leaves to a default spelled out: declarations of libraries are checked. */
const tsconfig = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: "es2020",
    lib: ["es2020"],
    module: "commonjs",
    moduleResolution: "node",
    experimentalDecorators: true,
    pretty: false,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
    skipLibCheck: false,
  },
  include: ["own", "shown", "templates"],
};

/** Everything that a topology can create, WSUS and its scripts too, with resources and outputs of the program's own. */
const ownProgram = `import { PatchTopology, type PatchTopologyArgs, type TopologyFleet } from "@patchpath/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const operators = new aws.sns.Topic("operators");
const fleets: TopologyFleet[] = [
  { name: "web", operatingSystem: "amazon-linux-2023", size: { min: 2, max: 4 }, instanceType: "t4g.small" },
  { name: "files", operatingSystem: "windows-server-2022", size: { min: 1, max: 1 }, instanceType: "t3.large" },
];
const args: PatchTopologyArgs = {
  region: "ap-northeast-1",
  topology: "wsus",
  network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2 },
  fleets,
  sessions: { documentName: "own-session" },
  monitoring: { repositoryCheck: true, staleDays: 35, emails: [], dashboard: true },
  patching: { operation: "Install", schedule: "cron(0 18 ? * SUN *)", timezone: "Asia/Tokyo", duration: 3, cutoff: 1 },
  wsus: { alarmActions: [operators.arn] },
  patchGroup: "own",
};
const topology = new PatchTopology("own", args, { dependsOn: operators, provider: new aws.Provider("own", { region: "ap-northeast-1" }) });
const role: pulumi.Output<string> | undefined = topology.fleets["web"]?.role.roleArn;
export const outputs = pulumi.output({ vpcId: topology.network.vpcId, role, server: topology.wsusServer?.address });
`;

/** The CLI leaves out what is empty. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, withoutEmpty(one)] as const);
  const isEmpty = (one: unknown) => typeof one === "object" && one !== null && Object.keys(one).length === 0;
  return Object.fromEntries(entries.filter(([, one]) => !isEmpty(one)));
}

/** The program that a page shows. */
function shownIn(page: string): string {
  const [, code] = /^\`\`\`ts\n(.*?)^\`\`\`$/ms.exec(readFileSync(page, "utf8")) ?? [];
  if (code === undefined) throw new Error(`${page} shows no program`);
  return code;
}

const pages = join(root, "docs", "components");
const shown: Readonly<Record<string, string>> = {
  readme: shownIn(join(root, "components", "README.md")),
  ...Object.fromEntries(readdirSync(pages).map((page) => [page.replace(/\.md$/, ""), shownIn(join(pages, page))])),
};

const templates = join(root, "templates");

/** The oldest versions that the components say they work with. */
function oldestPeers(): string[] {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, "components", "package.json"), "utf8")) as {
    peerDependencies: Readonly<Record<string, string>>;
  };
  return Object.entries(peerDependencies).map(([name, range]) => `${name}@${range.replace("^", "")}`);
}

/** @param sdk what the program has of Pulumi, in other versions than the pack */
function itWorksWith(sdk: readonly string[], programs: readonly string[]): void {
  const user = new Installation();
  const modules = join(user.folder, "node_modules");
  const installed = join(modules, "@patchpath", "components");

  before(async () => {
    await user.install(["policypack", "components"], [...sdk, "typescript@~5.9.3", "@types/node@20"]);
    user.write("tsconfig.json", tsconfig);
    user.write("own/index.ts", ownProgram);
    for (const [name, code] of Object.entries(shown)) user.write(`shown/${name}/index.ts`, code);
    // What `pulumi new` does with them, and their own package.json, is in templates.test.ts.
    for (const name of readdirSync(templates)) {
      for (const file of ["index.ts", "Pulumi.yaml"]) {
        const text = readFileSync(join(templates, name, file), "utf8");
        user.write(`templates/${name}/${file}`, text.replace("${PROJECT}", name).replace("${DESCRIPTION}", "a test"));
      }
    }
  });
  after(() => {
    user.remove();
  });

  it("contains code, declarations and documents, and nothing else", () => {
    const papers = ["CHANGELOG.md", "LICENSE", "PulumiPlugin.yaml", "README.md", "bin", "package.json", "schema.json"];
    deepStrictEqual(readdirSync(installed).sort(), papers);
    const kinds = readdirSync(join(installed, "bin"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => /\.(d\.ts|[^.]+)$/.exec(name)?.[1]);
    deepStrictEqual([...new Set(kinds)].sort(), ["d.ts", "js", "ps1", "py", "sh"]);
  });

  it("uses the program's own copies of the SDK and the provider", () => {
    ok(!existsSync(join(installed, "node_modules")));
    for (const [name, version] of sdk.map((one) => one.split(/(?<!^)@/))) {
      const manifest = JSON.parse(user.read("node_modules", name!, "package.json")) as { version: string };
      deepStrictEqual([name, manifest.version], [name, version]);
    }
  });

  it("rejects an import of anything but its entry point", async () => {
    const { output } = await user.run("node", "-e", `require("@patchpath/components/bin/fleet/fleet")`);
    match(output, /Package subpath '.\/bin\/fleet\/fleet' is not defined by "exports"/);
  });

  /** As docs/languages.md says it: the CLI takes the `@` of a path for the beginning of a version. */
  it("returns its schema to Pulumi, for programs in other languages", async () => {
    user.write("plugin/PulumiPlugin.yaml", user.read("node_modules", "@patchpath", "components", "PulumiPlugin.yaml"));
    user.write("plugin/package.json", {
      private: true,
      main: "../node_modules/@patchpath/components/bin/provider/main.js",
    });
    const { stdout } = await user.succeed("node", join(root, "offline", "pulumi"), "package", "get-schema", "./plugin");
    const shipped = JSON.parse(user.read("node_modules", "@patchpath", "components", "schema.json")) as object;
    deepStrictEqual(withoutEmpty(JSON.parse(stdout)), withoutEmpty(shipped));
  });

  it("compiles in a program, with libraries checked, as do the programs on its pages", async () => {
    const { code, output } = await user.compile("tsconfig.json");
    deepStrictEqual({ code, output }, { code: 0, output: "" });
  });

  for (const program of programs) {
    it(`previews the program ${program}, with the policy pack`, async () => {
      if (!existsSync(join(user.folder, program, "Pulumi.yaml"))) {
        user.write(`${program}/Pulumi.yaml`, `name: ${program.replace("/", "-")}\nruntime: nodejs\n`);
      }
      const [, region] = /"([a-z]+-[a-z]+-\d)"/.exec(user.read(program, "index.ts")) ?? [];
      user.write(`${program}/Pulumi.dev.yaml`, `config:\n  aws:region: ${region ?? "eu-west-1"}\n`);
      const pack = ["--policy-pack", join(modules, "patchpath")];
      await user.pulumi("-C", program, "stack", "init", "dev");
      const { code, output } = await user.pulumi("-C", program, "preview", "--stack", "dev", ...pack);
      deepStrictEqual([code, /^ +\+ \d+ to create$/m.test(output)], [0, true], output);
      match(output, /(✅|⚠️) patchpath@v/); // of an existing network much is unknown, which is advice
    });
  }
}

describe("the package @patchpath/components, installed with a newer SDK in an empty folder", () => {
  itWorksWith(
    ["@pulumi/pulumi@3.270.0"],
    ["own", ...(isWhole ? ["templates/endpoint-only", ...Object.keys(shown).map((name) => `shown/${name}`)] : [])],
  );
});

if (isWhole) {
  describe("the package @patchpath/components, installed with the oldest SDK and provider that it supports", () => {
    itWorksWith(oldestPeers(), ["own", "shown/readme"]);
  });
}
