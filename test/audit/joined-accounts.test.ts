import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAccounts, snapshotOf } from "../../audit/src";
import { foreignZoneResources } from "../../audit/src/names";
import { makerOf } from "../../audit/src/resources";
import { joined } from "../../policypack/cli/audit-command";
import { contractOf, reportOn } from "../../policypack/report/path-report";
import type { ExplainOutput } from "../../policypack/report/path-report";
import type { ReadPlace } from "../../policypack/report/read-accounts";
import type { StackResource } from "../../policypack/stack/resource";
import { Stack } from "../../policypack/stack/stack";
import { stack } from "../policypack/path/traps/bases";
import { hubAndSpoke } from "../policypack/path/traps/hub-base";
import { patchpath } from "../command/patchpath";
import { LiveAccount } from "./account";

const accounts = { hub: "111111111111", spoke: "222222222222" } as const;

/** A spoke in one account, and a hub with the endpoints of both in another: read in one run, or saved separately. */
describe("accounts that a transit gateway connects", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  let whole: ReadPlace;
  let hub: ReadPlace;
  let spoke: ReadPlace;

  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
    const account = await LiveAccount.empty();
    await account.seed(stack(hubAndSpoke));
    [whole] = (await readAccounts({ regions: ["eu-west-1"], endpointUrl: account.url }, () => undefined)) as [
      ReadPlace,
    ];
    [hub, spoke] = split(whole);
    for (const [name, place] of Object.entries({ hub, spoke })) save(name, [place]);
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) Reflect.deleteProperty(process.env, name);
    rmSync(folder, { recursive: true });
  });

  const save = (name: string, places: readonly ReadPlace[]) => {
    const report = contractOf(reportOn(places.map(({ resources }) => new Stack(resources))));
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(snapshotOf(places, report, "2026-11-28T09:00:00Z")));
  };
  const explained = (...files: readonly string[]) => {
    const { stdout } = patchpath(["explain", "--format", "json", "--state", ...files], folder);
    return controlPlaneIn(JSON.parse(stdout) as ExplainOutput);
  };

  it("are unknown separately, without the endpoints", () => {
    strictEqual(controlPlaneOf([whole])?.verdict, "open");
    strictEqual(controlPlaneOf([spoke])?.verdict, "unknown");
  });

  it("are one estate in one run", () => {
    strictEqual(controlPlaneOf([hub, spoke])?.verdict, "open");
  });

  it("are joined from the snapshots of two runs", () => {
    strictEqual(explained("spoke.json")?.verdict, "unknown");
    strictEqual(explained("spoke.json", "hub.json")?.verdict, "open");
  });

  it("are joined with the context of one of them", () => {
    const { stdout, stderr } = patchpath(["context", "hub.json", "--out", "hub-context.json"], folder);
    deepStrictEqual([stderr, /^\d+ of \d+ resources written/.test(stdout)], ["", true]);
    strictEqual(explained("spoke.json", "hub-context.json")?.verdict, "open");
  });

  it("show in the spoke what breaks in the hub", () => {
    const closed = hub.resources.map((one) =>
      one.type === "aws:ec2/securityGroup:SecurityGroup" ? { ...one, props: { ...one.props, ingress: [] } } : one,
    );
    const report = reportOn(joined([{ ...hub, resources: closed }, spoke]).map((one) => new Stack(one)));
    const groups = report.fleets[0]!.hops.find(({ hop }) => hop === "security-groups");
    strictEqual(groups?.verdict, "blocked");
    match(groups.because, /do not allow inbound 443 from the instances/);
  });
});

function controlPlaneOf(places: readonly ReadPlace[]) {
  return controlPlaneIn(reportOn(joined(places).map((resources) => new Stack(resources))));
}

function controlPlaneIn({ fleets }: Pick<ExplainOutput, "fleets">) {
  const [web, ...others] = fleets;
  strictEqual(others.length, 0);
  return web!.hops.find(({ hop }) => hop === "control-plane");
}

/** Splits an account by its two VPCs: what refers to the hub, or to the transit gateway itself, belongs to the hub. */
function split({ resources, ...read }: ReadPlace): [hub: ReadPlace, spoke: ReadPlace] {
  const idOf = ({ props }: StackResource) => String(props["id"]);
  const [hubVpc, spokeVpc] = ["10.99.", "10.0."].map((block) => {
    const isIn = ({ type, props }: StackResource) =>
      type === "aws:ec2/vpc:Vpc" && String(props["cidrBlock"]).startsWith(block);
    return idOf(resources.find(isIn)!);
  });
  const naming = (ids: readonly string[]) => (one: StackResource) =>
    ids.some((id) => JSON.stringify(one.props).includes(id));
  const parts = resources.filter(naming([hubVpc!])).map(idOf);
  const isOfHub = (one: StackResource) =>
    /:ec2transitgateway\/(transitGateway|routeTable):|:route53\//.test(one.type) ||
    (naming([hubVpc!, ...parts])(one) && !naming([spokeVpc!])(one));
  const place = (of: keyof typeof accounts) => ({ account: accounts[of], region: read.place.region });
  const moved = (of: keyof typeof accounts, { type, props, name }: StackResource) => {
    const { id, ...others } = props;
    const owner = "ownerId" in others ? { ownerId: accounts[of] } : {};
    const arn = typeof others["arn"] === "string" ? { arn: others["arn"].replace(/\d{12}/, accounts[of]) } : {};
    return makerOf(place(of))(type, String(id), { ...others, ...owner, ...arn }, name);
  };
  const zones = resources.filter(({ type }) => type === "aws:route53/zone:Zone");
  return [
    {
      ...read,
      place: place("hub"),
      resources: resources
        .filter(isOfHub)
        .map((one) =>
          moved("hub", zones.includes(one) ? { ...one, props: { ...one.props, vpcs: [{ vpcId: hubVpc }] } } : one),
        ),
    },
    {
      ...read,
      place: place("spoke"),
      resources: [
        ...resources.filter((one) => !isOfHub(one)).map((one) => moved("spoke", one)),
        ...zones.flatMap(({ props }) =>
          foreignZoneResources(makerOf(place("spoke")), {
            zone: { HostedZoneId: idOf({ props } as StackResource), Name: String(props["name"]), Owner: {} },
            vpcIds: [spokeVpc!],
          }),
        ),
      ],
    },
  ];
}
