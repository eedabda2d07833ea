import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { explainCommand } from "../../../policypack/cli/explain-command";
import { stateOf } from "../report/stack-files";
import type { ExampleResource } from "../rules/analyze";
import { changed, patchedStack } from "../rules/network";
import { tfstateOf } from "./as-terraform";
import { terminalTelling } from "../cli/terminal";

const isWorkload = ({ type }: ExampleResource) => /instance:|instanceProfile|iam\/|ssm\//i.test(type);
const network = patchedStack().filter((one) => !isWorkload(one));
const workload = patchedStack().filter(isWorkload);

/** A state of a stack that was updated at a given time, with other content. */
function state(stack: string, resources: readonly ExampleResource[], more: readonly object[] = [], time?: string) {
  const { version, deployment } = stateOf(resources, stack);
  return {
    version,
    deployment: { manifest: { ...(time !== undefined && { time }) }, resources: [...deployment.resources, ...more] },
  };
}

/** Every resource with an ARN of an account and region, as in states of AWS resources. */
function inPlace(resources: readonly ExampleResource[], account: string, region = "eu-west-1"): ExampleResource[] {
  return resources.map((one) => ({
    ...one,
    computed: { ...one.computed, arn: `arn:aws:ec2:${region}:${account}:x/${one.name}`, region },
  }));
}

describe("an estate", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: object | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, Buffer.isBuffer(content) ? content : JSON.stringify(content));
    return path;
  };
  /** What `explain` prints for files: the conclusion for each fleet by its stack, the remarks, and the exit code. */
  const explain = (files: readonly string[], more: { separate?: boolean; plan?: string } = {}) => {
    const told: string[] = [];
    const terminal = terminalTelling(told);
    const { output, code } = explainCommand(false, { state: files, format: "json", ...more }, terminal);
    const { fleets } = JSON.parse(output) as { fleets: { urn: string; verdict: string }[] };
    return {
      fleets: fleets.map(({ urn, verdict }) => `${urn.split("::").slice(0, 2).join("::")} ${verdict}`),
      remarks: told
        .filter((line) => !line.includes(": reading "))
        .map((line) => line.replace("patchpath: ", "").replaceAll(`${folder}/`, "")),
      code,
    };
  };
  const networkFile = file("network.json", state("network", network));
  const workloadFile = file("workload.json", state("workload", workload));

  it("is evaluated as one stack, and keeps the names of its stacks", () => {
    deepStrictEqual(explain([networkFile, workloadFile]), {
      fleets: ["urn:pulumi:workload::shop patchable"],
      remarks: [],
      code: 0,
    });
  });

  it("is evaluated stack by stack with --separate", () => {
    deepStrictEqual(explain([networkFile, workloadFile], { separate: true }).fleets, [
      "urn:pulumi:workload::shop unknown",
    ]);
  });

  it("can be a folder of files of a backend", () => {
    const stacks = join(folder, "backend", ".pulumi", "stacks", "shop");
    mkdirSync(stacks, { recursive: true });
    const checkpoint = ({ version, deployment }: ReturnType<typeof state>) =>
      JSON.stringify({ version, checkpoint: { latest: deployment } });
    writeFileSync(join(stacks, "network.json.gz"), gzipSync(checkpoint(state("network", network))));
    writeFileSync(join(stacks, "workload.json"), checkpoint(state("workload", workload)));
    writeFileSync(join(stacks, "workload.json.bak"), "old");
    writeFileSync(join(stacks, "workload.json.attrs"), "{}");
    deepStrictEqual(explain([join(folder, "backend")]).fleets, ["urn:pulumi:workload::shop patchable"]);
  });

  it("can contain Terraform and Pulumi", () => {
    const tfstate = file("terraform.tfstate", tfstateOf(network));
    deepStrictEqual(explain([tfstate, workloadFile]).fleets, ["urn:pulumi:workload::shop patchable"]);
    const fleet = file("fleet.tfstate", tfstateOf(workload));
    const [verdict] = explain([networkFile, fleet]).fleets;
    match(verdict!, /fleet::terraform patchable$/);
  });

  it("uses the plan of one stack with the states of the others", () => {
    const resources = state("network", network).deployment.resources;
    const steps = resources
      .filter((one) => !("type" in one && String(one.type).endsWith(":VpcEndpoint")))
      .map((one) => ({ op: "same", oldState: one, newState: one }));
    const plan = file("plan.json", { steps, changeSummary: { same: steps.length } });
    deepStrictEqual(explain([networkFile, workloadFile], { plan }), {
      fleets: ["urn:pulumi:workload::shop blocked"],
      remarks: ["`network.json` is the state of `shop/network`, of which `plan.json` is the plan: the plan is used."],
      code: 1,
    });
  });

  it("says which of two states of the same stack is used", () => {
    const old = file("old.json", state("network", [], [], "2026-01-02T10:00:00Z"));
    const now = file("now.json", state("network", network, [], "2026-11-02T10:00:00Z"));
    deepStrictEqual(explain([old, now, workloadFile]), {
      fleets: ["urn:pulumi:workload::shop patchable"],
      remarks: [
        "`old.json` and `now.json` contain the same stack `shop/network`: `now.json` is used, which is the later one.",
      ],
      code: 0,
    });
  });

  it("treats a Terraform plan and the state that it changes as one stack", () => {
    const tfstate = tfstateOf(network);
    const before = file("network.tfstate", tfstate);
    const after = file("again.tfstate", { ...tfstate, serial: 8 });
    const { remarks, fleets } = explain([before, after, workloadFile]);
    deepStrictEqual(fleets, ["urn:pulumi:workload::shop patchable"]);
    strictEqual(remarks.length, 1);
    match(remarks[0]!, /^`network\.tfstate` and `again\.tfstate` contain the same stack .* which is the later one\.$/);
  });

  for (const [what, places] of [
    [
      "accounts",
      [
        ["111111111111", "eu-west-1"],
        ["222222222222", "eu-west-1"],
      ],
    ],
    [
      "regions",
      [
        ["111111111111", "eu-west-1"],
        ["111111111111", "us-east-2"],
      ],
    ],
  ] as [string, [string, string][]][]) {
    it(`distinguishes two ${what} with the same IDs`, () => {
      const files = places.flatMap((place, i) => [
        file(`network-${i}.json`, state(`network-${i}`, inPlace(i === 0 ? network : network.slice(0, 3), ...place))),
        file(`workload-${i}.json`, state(`workload-${i}`, inPlace(workload, ...place))),
      ]);
      const { fleets, remarks } = explain(files);
      strictEqual(fleets[0], "urn:pulumi:workload-0::shop patchable");
      match(fleets[1]!, /workload-1::shop (blocked|unknown)$/);
      match(
        remarks.join("\n"),
        /`shop\/network-0` and `shop\/network-1` create the same ids, such as `[\w-]+`, in different accounts or regions: each is judged in its own\./,
      );
    });
  }

  it("evaluates stacks with the same IDs and an unknown place separately", () => {
    const other = file("other.json", state("other", network));
    const { fleets, remarks } = explain([networkFile, other, workloadFile]);
    deepStrictEqual(fleets, ["urn:pulumi:workload::shop unknown"]);
    match(
      remarks.join("\n"),
      /`shop\/network` and `shop\/other` create the same ids, such as `[\w-]+`, and do not say that they are in different accounts or regions: each is judged without the other stacks\.\nCannot determine the account or region of `shop\/workload`: it is judged without the other stacks\./,
    );
  });

  it("resolves names only within a region", () => {
    const files = [
      file("ireland.json", state("ireland", inPlace(patchedStack(), "111111111111"))),
      file("ohio.json", state("ohio", inPlace(network.slice(0, 1), "111111111111", "us-east-2"))),
    ];
    deepStrictEqual(explain(files).fleets, ["urn:pulumi:ireland::shop patchable"]);
  });

  it("reports the subnet that no given stack creates", () => {
    const without = file(
      "half.json",
      state(
        "network",
        network.filter(({ name }) => name !== "private"),
      ),
    );
    match(
      explain([without, workloadFile]).remarks.join("\n"),
      /^No given stack creates the subnets `subnet-[\w]+` of `web` \(shop\/workload\); add the state of the stack that does\.$/,
    );
  });

  describe("with references between stacks", () => {
    const urn = (stack: string, type: string, name: string) => `urn:pulumi:${stack}::shop::${type}::${name}`;
    const reads = (stack: string, of: string, outputs: object) => {
      const type = "pulumi:pulumi:StackReference";
      return { urn: urn(stack, type, of), type, inputs: { name: `acme/shop/${of}` }, outputs: { name: of, outputs } };
    };
    const root = (stack: string, outputs: object) => {
      const type = "pulumi:pulumi:Stack";
      return { urn: urn(stack, type, `shop-${stack}`), type, inputs: {}, outputs };
    };

    it("says that a state is older than what other stacks have read from it", () => {
      const old = file(
        "network-old.json",
        state("network", network, [root("network", { subnetId: "subnet-old" })], "2026-01-02T10:00:00Z"),
      );
      const reader = file(
        "reader.json",
        state("workload", workload, [reads("workload", "network", { subnetId: "subnet-1" })], "2026-11-02T10:00:00Z"),
      );
      deepStrictEqual(explain([old, reader]).remarks, [
        "`reader.json` has read the output `subnetId` of `shop/network`, which has another value in `network-old.json`: `network-old.json` is older; export it again.",
      ]);
    });

    it("says that stacks read each other", () => {
      const one = file("one.json", state("network", network, [reads("network", "workload", {})]));
      const two = file("two.json", state("workload", workload, [reads("workload", "network", {})]));
      deepStrictEqual(explain([one, two]).remarks, [
        "`shop/network` reads `shop/workload` reads `shop/network`: none of these stacks can be deployed first.",
      ]);
    });
  });

  it("treats what one stack reads and another one creates as the same resource", () => {
    const { version, deployment } = state("workload", workload);
    const [vpc] = stateOf(
      network.filter(({ name }) => name === "vpc"),
      "workload",
    ).deployment.resources.slice(1);
    const read = { ...vpc, external: true, outputs: { id: (vpc as { id?: string }).id } };
    const withRead = file("reads.json", {
      version,
      deployment: { ...deployment, resources: [...deployment.resources, read] },
    });
    deepStrictEqual(explain([networkFile, withRead]).fleets, ["urn:pulumi:workload::shop patchable"]);
  });

  describe("of many stacks", () => {
    const stacks = Array.from({ length: 30 }, (_, i) => {
      const isBroken = i < 2;
      return file(
        `many-${i}.json`,
        state(`many-${i}`, patchedStack(isBroken ? changed("s3", { routeTableIds: [] }) : {})),
      );
    });
    const text = (...more: string[]) => {
      const terminal = terminalTelling();
      const all = more.includes("--all");
      return explainCommand(false, { state: stacks, separate: true, format: "text", all }, terminal).output;
    };

    it("shows what breaks, and the number of the others", () => {
      const shown = text();
      strictEqual(
        shown
          .split("\n")
          .filter((line) => /^ +(BLOCKED|PATCHABLE)/.test(line))
          .join(),
        "                 BLOCKED            BLOCKED",
      );
      match(shown, /^Fleets that are not shown: 28 patchable; --all shows them\.$/m);
    });

    it("shows all fleets with --all", () => {
      strictEqual(text("--all").match(/PATCHABLE/g)?.length, 28);
    });
  });

  it("shows a change in one stack in all stacks that use it", () => {
    const closed = patchedStack(changed("s3", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) }));
    const files = [
      file(
        "closed.json",
        state(
          "network",
          closed.filter((one) => !isWorkload(one)),
        ),
      ),
      workloadFile,
    ];
    deepStrictEqual(explain(files).code, 1);
  });
});
