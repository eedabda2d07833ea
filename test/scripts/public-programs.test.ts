import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { declarationIn } from "../../policypack/stack/declared-images";
import {
  type ImagesOfProgram,
  type State,
  afterRemedies,
  asksForOtherStacks,
  declarationsFor,
  withSsmPermissions,
} from "../../scripts/public-programs/remedy";
import { type FleetOfReport, type ProgramRun, markdownOf, withExplanations } from "../../scripts/public-programs/table";

const list = JSON.parse(readFileSync(join(__dirname, "..", "public-programs", "programs.json"), "utf8")) as {
  programs: {
    repository: string;
    commit: string;
    path: string;
    license: string;
    launches: string;
    uses: string[];
    images?: ImagesOfProgram[];
  }[];
};

const step = (code: number, output = "", stdout = output) => ({ code, output, stdout });
const fleet = (name: string, verdict: string, hops: FleetOfReport["hops"] = []) => ({
  name,
  urn: name,
  operatingSystem: "amazon-linux-2023",
  verdict,
  hops,
});
const report = (...fleets: object[]) => step(3, "", JSON.stringify({ fleets }));
const explained = (of: ProgramRun, ofState: ReturnType<typeof step>, ofRemedy?: ReturnType<typeof step>) =>
  withExplanations(of, { ofPlan: report(), ofState, ...(ofRemedy ? { ofRemedy } : {}) });
const run: ProgramRun = { name: "a/b", launches: "one instance", preview: step(0), up: step(0) };

describe("the list of public programs", () => {
  it("names repository, commit, path, license and what each launches, and none twice", () => {
    for (const { commit, license, launches } of list.programs) {
      match(commit, /^[0-9a-f]{40}$/);
      ok(license && launches);
    }
    strictEqual(
      new Set(list.programs.map(({ repository, path }) => `${repository}/${path}`)).size,
      list.programs.length,
    );
  });

  it("has at least 25 programs, 5 with awsx and 5 with EKS", () => {
    const using = (name: string) => list.programs.filter(({ uses }) => uses.includes(name)).length;
    deepStrictEqual([list.programs.length >= 25, using("awsx") >= 5, using("eks") >= 5], [true, true, true]);
  });
});

describe("the images of public programs", () => {
  const images = list.programs.flatMap(({ images: all = [] }) => all);

  it("are systems that a declaration can name, each with the place that says so", () => {
    for (const { system, from } of images) {
      ok(system === undefined || declarationIn(system), system);
      match(from, /^[\w./-]+:\d+|^names no system: DEFAULT_OS/);
    }
  });

  it("are said once of each fleet", () => {
    for (const { path, images: all = [] } of list.programs) {
      const named = all.flatMap(({ fleets = ["all"] }) => fleets);
      strictEqual(new Set(named).size, named.length, path);
      strictEqual(named.includes("all") && named.length > 1, false, path);
    }
  });
});

describe("the table of public programs", () => {
  it("has a line for fleets that are alike, with the hops that are not open", () => {
    const hops = [{ hop: "agent", verdict: "unknown", because: "which image" }];
    const text = markdownOf([explained(run, report(fleet("x", "unknown", hops), fleet("y", "unknown", hops)))]);
    match(text, /^1 program; .* 2 fleets: 0 patchable, 0 blocked, 2 unknown; .* 0 crash lines\.$/m);
    match(
      text,
      /\| `x` and 1 alike, amazon-linux-2023 \| not seen \| unknown \| \*\*agent\*\* unknown: which image \|  \|/,
    );
  });

  it("never drops a program: what was not run is unknown, what is not seen is silent", () => {
    const failed = { ...run, up: step(255, "  error: the stand-in AWS does not support the type aws:x:X") };
    match(markdownOf([explained(failed, report())]), /\| unknown \| unknown: not run \(up: .*aws:x:X\) \|  \|/);
    match(markdownOf([{ ...run, failed: "the runner", output: "no git" }]), /unknown: not run \(the runner: no git\)/);
    match(markdownOf([explained(run, report())]), /\| none seen \|  \| silent \| one instance \|  \|/);
  });

  it("shows what is left after the remedies, and counts both", () => {
    const left = fleet("x", "unknown", [{ hop: "identity", verdict: "unknown", because: "which role" }]);
    const text = markdownOf([explained(run, report(fleet("x", "unknown"), fleet("y", "unknown")), report(left))]);
    match(text, /\| unknown: \*\*identity\*\* unknown: which role \|$/m);
    match(text, /2 unknown; after the remedies: 0 patchable, 0 blocked, 2 unknown;/);
  });

  it("tries the remedy of an unknown image: the system of its fleet, and none that nobody names", () => {
    const fix = (id: string) => [{ hop: "agent", verdict: "unknown", because: "", fix: `\`--image ${id}=SYSTEM\`` }];
    const fleets = [
      fleet("x", "unknown", fix("ami-01")),
      fleet("y", "unknown", fix("ami-01")),
      fleet("z", "unknown", fix("ami-02")),
    ];
    const from = "index.ts:1";
    deepStrictEqual(declarationsFor(fleets, [{ system: "ubuntu-24.04", from }]), [
      "ami-01=ubuntu-24.04",
      "ami-02=ubuntu-24.04",
    ]);
    deepStrictEqual(
      declarationsFor(fleets, [
        { fleets: ["x"], system: "bottlerocket", from },
        { fleets: ["z"], from },
      ]),
      ["ami-01=bottlerocket"],
    );
    const contradicting = ["x", "y"].map((name, i) => ({ fleets: [name], system: ["rhel-8", "rhel-9"][i]!, from }));
    throws(() => declarationsFor(fleets, contradicting), /ami-01 is rhel-8 and, of y, rhel-9/);
  });

  it("adds the states of other stacks, images and permissions until a report asks for nothing new", async () => {
    const because = "the routes of the subnet `subnet-1`, which is not in this stack";
    const elsewhere = { hop: "s3-route", verdict: "unknown", because };
    const image = { hop: "agent", verdict: "unknown", because: "", fix: "`--image ami-01=SYSTEM`" };
    deepStrictEqual(asksForOtherStacks([fleet("x", "unknown", [image])]), false);
    const state = (name: string): State => ({
      deployment: { resources: [{ urn: name, type: "aws:ec2/vpc:Vpc", inputs: {}, outputs: {} }] },
    });
    const asked: [states: number, images: readonly string[]][] = [];
    const reports = [report(fleet("x", "unknown", [image])), report(fleet("x", "patchable"))];
    const last = await afterRemedies(
      report(fleet("x", "unknown", [elsewhere])),
      state("own"),
      () => Promise.resolve([state("of-others")]),
      [{ system: "rhel-9", from: "index.ts:1" }],
      (states, images) => {
        asked.push([states.length, images]);
        return Promise.resolve(reports.shift()!);
      },
    );
    deepStrictEqual(asked, [
      [2, []],
      [2, ["ami-01=rhel-9"]],
    ]);
    match(last.stdout, /patchable/);
  });

  it("tries the remedy of an identity: a policy on the role, or a profile on an instance without one", () => {
    const urn = (type: string, name: string) => `urn:pulumi:dev::p::${type}::${name}`;
    const [roleUrn, bare] = [urn("aws:iam/role:Role", "r"), urn("aws:ec2/instance:Instance", "x")];
    const resources = [
      { urn: roleUrn, type: "aws:iam/role:Role", id: "r-1", inputs: {}, outputs: {} },
      { urn: bare, type: "aws:ec2/instance:Instance", id: "i-1", inputs: {}, outputs: {} },
    ];
    const [core, state] = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", { deployment: { resources } }];
    const after = (fix: string, of: string, resource?: string) => {
      const identity = { hop: "identity", verdict: "unknown", because: "", fix, ...(resource ? { resource } : {}) };
      return withSsmPermissions(state, [{ ...fleet("x", "unknown"), urn: of, hops: [identity] }]).deployment.resources;
    };
    const attached = after(`Attach ${core} to the role.`, "elsewhere", roleUrn);
    deepStrictEqual(attached.slice(0, 2), resources);
    deepStrictEqual(
      attached.slice(2).map(({ inputs }) => inputs),
      [{ role: "r-1", policyArn: core }],
    );
    const profiled = after(`Set an instance profile whose role has ${core}.`, bare);
    deepStrictEqual(profiled[1]?.inputs, { iamInstanceProfile: "patchpath-remedy" });
    deepStrictEqual(profiled.length, 5);
    deepStrictEqual(after("Check the role.", bare, roleUrn), resources);
  });

  it("counts a trace through the pack as a crash, and an exit code that explain does not have", () => {
    const trace = "    at ipv4Route (/work/policypack/bin/path/routes.js:12:3)";
    deepStrictEqual(explained({ ...run, preview: step(0, `x\n${trace}\ny`) }, report()).crashes, [trace]);
    strictEqual(explained(run, step(2, "boom")).crashes?.length, 1);
    match(markdownOf([explained(run, step(2, "boom"))]), /1 crash line\./);
  });
});
