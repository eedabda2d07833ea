import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { configWith, fleet, problemsOf } from "./problems";

const auto = { "patchpath:topology": "auto" };
const windows = { name: "files", operatingSystem: "windows-server-2022" };

/** The topology that `auto` chooses for these fleets. */
function chosen(...fleets: object[]): string {
  return readConfig(configWith({ ...auto, "patchpath:fleets": fleets })).topology;
}

describe("the topology of a config", () => {
  it("is, with auto, the cheapest one that patches all fleets", () => {
    strictEqual(chosen(fleet), "endpoint-only");
    strictEqual(chosen(fleet, windows), "nat");
    strictEqual(chosen({ ...fleet, repositories: ["epel"] }), "nat");
  });

  it("comes with the prices of the others, and the reasons against them", () => {
    const { choice } = readConfig(configWith({ ...auto, "patchpath:fleets": [fleet, windows] }));
    deepStrictEqual(
      choice?.rated.map(({ topology, cost, refused }) => [topology, cost.known && cost.total, refused?.fleet]),
      [
        ["endpoint-only", 61.32, 1],
        ["nat", 159.14, undefined],
        ["wsus", 304.39, undefined],
      ],
    );
  });

  it("is chosen by its components if prices are unknown", () => {
    const config = configWith({ ...auto, "aws:region": "eu-west-2", "patchpath:traffic": { natGateway: 10 } });
    strictEqual(readConfig(config).topology, "endpoint-only");
    const withWindows = { ...auto, "aws:region": "eu-west-2", "patchpath:traffic": { natGateway: 10 } };
    const { topology, choice } = readConfig(configWith({ ...withWindows, "patchpath:fleets": [windows] }));
    strictEqual(topology, "nat");
    strictEqual(choice?.rated[1]?.cost.known, false);
  });

  it("rejects with auto what the chosen topology rejects", () => {
    deepStrictEqual(
      problemsOf({ ...auto, "patchpath:fleets": [windows], "patchpath:network": { cidrBlock: "10.0.0.0/24" } }),
      ["`patchpath:network.cidrBlock` is `10.0.0.0/24`; expected /23 or larger, since `nat` has public subnets too"],
    );
  });

  it("costs one more endpoint if commands, sessions or both write to CloudWatch", () => {
    const count = (cloudWatch: boolean, logGroup: boolean) => {
      const values = { "patchpath:patching": { output: { cloudWatch } }, "patchpath:sessions": { logGroup } };
      return readConfig(configWith(values)).prices.interfaceEndpoints;
    };
    deepStrictEqual([count(false, false), count(true, false), count(false, true), count(true, true)], [2, 3, 3, 3]);
  });

  it("does not include central endpoints in its cost, but those that the hub does not have", () => {
    const count = (services?: readonly string[]) => {
      const central = { cidrBlocks: ["10.99.0.0/24"], transitGatewayId: "tgw-0123456789abcdef0", services };
      return readConfig(configWith({ "patchpath:endpoints": { central } })).prices.interfaceEndpoints;
    };
    deepStrictEqual([count(), count(["ssm", "ssmmessages"]), count(["logs"])], [0, 1, 2]);
  });

  it("has a warning if each monthly Windows update is superseded before it is approved", () => {
    const tuesday = { schedule: "cron(0 18 ? * TUE#2 *)", offset: 3 };
    const warnings = (values: Readonly<Record<string, unknown>>) =>
      readConfig(
        configWith({
          "patchpath:topology": "nat",
          "patchpath:fleets": [windows],
          "patchpath:patching": tuesday,
          ...values,
        }),
      ).warnings;
    const rest =
      "approves 7 days after the release, and each run of `patchpath:patching.schedule` is before that or after the next second Tuesday: a monthly cumulative update is replaced before it is installed; set a schedule with a run 7 days or more after the second Tuesday, or fewer days";
    const rule = { filters: { CLASSIFICATION: ["SecurityUpdates"] } };
    const baseline = (...rules: object[]) => ({
      "patchpath:baselines": [{ operatingSystem: "WINDOWS", rules: [{ ...rule, approveAfterDays: 0 }, ...rules] }],
    });
    deepStrictEqual(warnings({}), [`the predefined baseline for Windows ${rest}`]);
    deepStrictEqual(warnings(baseline(rule)), [`\`patchpath:baselines[0].rules[1]\` ${rest}`]);
    const right: readonly Readonly<Record<string, unknown>>[] = [
      baseline(),
      baseline({ ...rule, approveUntilDate: "2026-11-22" }),
      { "patchpath:patching": { ...tuesday, offset: 6 } },
      { "patchpath:patching": { ...tuesday, operation: "Scan" } },
      { "patchpath:fleets": [{ ...fleet, subnets: "private" }] },
    ];
    deepStrictEqual(right.flatMap(warnings), []);
  });

  it("has a warning with the cost if it creates NAT that no fleet uses", () => {
    const warnings = (values: Readonly<Record<string, unknown>>) => readConfig(configWith(values)).warnings;
    const nat = { "patchpath:topology": "nat" };
    deepStrictEqual(warnings(nat), [
      "`patchpath:topology` is `nat`, and no fleet uses NAT: 97.82 USD/month more than `endpoint-only`; set `endpoint-only`, which patches all fleets",
    ]);
    deepStrictEqual(warnings({ ...nat, "aws:region": "eu-west-2", "patchpath:traffic": { natGateway: 10 } }), [
      "`patchpath:topology` is `nat`, and no fleet uses NAT: its cost is unknown: the price list has no per-GB price for NAT gateways in eu-west-2; set `endpoint-only`, which patches all fleets",
    ]);
    const used: readonly Readonly<Record<string, unknown>>[] = [
      {},
      { ...nat, "patchpath:fleets": [fleet, windows] },
      { ...nat, "patchpath:fleets": [{ ...fleet, subnets: "private" }] },
      { ...nat, "patchpath:endpoints": { interface: false } },
      { ...nat, "patchpath:network": { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] } },
    ];
    deepStrictEqual(used.flatMap(warnings), []);
  });

  it("includes no traffic in its cost unless configured", () => {
    deepStrictEqual(problemsOf({ "patchpath:traffic": { natGateway: -1 } }), [
      "`patchpath:traffic.natGateway` is `-1`; expected at least 0",
    ]);
  });
});
