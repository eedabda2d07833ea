import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { readAccounts } from "../../audit/src";
import { calls } from "../../audit/src/calls";
import { ofType } from "../../audit/src/config-items";
import { type FleetPath, hopsInOrder, pathsOf } from "../../policypack/path/fleet-path";
import { Stack } from "../../policypack/stack/stack";
import { type Change, aws, endpointOnly, plus, set, stack, vpcId, without } from "../policypack/path/traps/bases";
import { json } from "../policypack/rules/examples";
import { LiveAccount } from "./account";
import { recordingOf } from "./config-recorder";

const select = "config:SelectAggregateResourceConfig";
const sources = "config:DescribeConfigurationAggregatorSourcesStatus";
const accounts = ["111111111111", "222222222222"];
const received = accounts.map((SourceId) => ({
  SourceId,
  SourceType: "ACCOUNT",
  AwsRegion: "eu-west-1",
  LastUpdateStatus: "SUCCEEDED",
  LastUpdateTime: "2026-11-28T09:00:00Z",
}));

const oneBucket = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::of-the-team/*" };
const emptyAcl = aws("ec2/networkAcl:NetworkAcl", "acl", { id: "acl-1", vpcId, subnetIds: ["subnet-1"] });

/** Faults that AWS Config records, each with the hop that it blocks. */
const faults: readonly (readonly [what: string, change: Change, hop: string])[] = [
  ["an S3 endpoint that allows only one bucket", set("s3", { policy: json(oneBucket) }), "payload"],
  ["no S3 endpoint", set("s3", { routeTableIds: [] }), "s3-route"],
  ["instances whose security group has no outbound rule", set("web-group", { egress: [] }), "security-groups"],
  ["a network ACL without entries", plus(emptyAcl), "network-acls"],
];

describe("an aggregator of AWS Config", () => {
  let account: LiveAccount;
  let results: string[];

  const options = () => ({ regions: ["eu-west-1"], endpointUrl: account.url, configAggregator: "organization" });
  const read = () => readAccounts(options(), () => undefined);
  const record = async (changes: readonly Change[] = []) => {
    await account.reset();
    await account.seed(stack(endpointOnly, ...changes));
    results = (await Promise.all(accounts.map((id) => recordingOf(account, id, "eu-west-1")))).flat();
    await account.answers({ [select]: { Results: results }, [sources]: { AggregatedSourceStatusList: received } });
    await account.callsSince();
  };

  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_MAX_ATTEMPTS: "1" });
    account = await LiveAccount.empty();
    await record();
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_MAX_ATTEMPTS"])
      Reflect.deleteProperty(process.env, name);
  });

  it("is read with only its two calls, with a place for each account and region", async () => {
    const places = await read();
    deepStrictEqual(
      places.map(({ place }) => `${place.account} ${place.region}`),
      accounts.map((id) => `${id} eu-west-1`),
    );
    deepStrictEqual(
      [...new Set(await account.callsSince())].sort(),
      calls.config.map((call) => `config:${call}`).sort(),
    );
    deepStrictEqual(
      places.flatMap(({ failures }) => failures),
      [],
    );
  });

  it("is the same in pages of seven items", async () => {
    const whole = await read();
    await account.pagesOf(7);
    const paged = await read();
    await account.pagesOf(null);
    ok((await account.callsSince()).filter((call) => call === select).length > 3);
    deepStrictEqual(
      paged.map(({ resources }) => resources),
      whole.map(({ resources }) => resources),
    );
  });

  it("leaves open or unknown what is open in the account, and says what is missing", async () => {
    const [place] = await read();
    const recorded = pathOf(place!.resources);
    const verdicts = hopsInOrder(recorded).map(({ hop, verdict }) => `${hop}: ${verdict.verdict}`);
    deepStrictEqual(verdicts, [
      "agent: unknown",
      "identity: open",
      "dns: unknown",
      "control-plane: open",
      "security-groups: open",
      "network-acls: open",
      "s3-route: open",
      "payload: open",
      "snapshot: open",
      "repository: unknown",
    ]);
    match(recorded.hops.dns.because, /enableDnsSupport|DNS/);
  });

  for (const [what, change, hop] of faults) {
    it(`shows ${what}, as the account does`, async () => {
      await record([change]);
      const [place] = await read();
      const live = await readAccounts({ regions: ["eu-west-1"], endpointUrl: account.url }, () => undefined);
      const [recorded, seen] = [pathOf(place!.resources), pathOf(live[0]!.resources)];
      for (const { hop: name, verdict } of hopsInOrder(recorded)) {
        const inAccount = seen.hops[name].verdict;
        ok(verdict.verdict === "unknown" || verdict.verdict === inAccount, `${name}: ${verdict.verdict}, ${inAccount}`);
      }
      strictEqual(recorded.hops[hop as keyof FleetPath["hops"]].verdict, "blocked");
    });
  }

  it("does not prove anything with a type of which it has no item", async () => {
    await record([without("ssmmessages")]);
    const others = results.filter((result) => !result.includes('"AWS::EC2::VPCEndpoint"'));
    await account.answers({ [select]: { Results: others } });
    const [place] = await read();
    strictEqual(pathOf(place!.resources).hops["control-plane"].verdict, "unknown");
  });

  it("does not treat an endpoint without a recorded policy as one that allows everything", async () => {
    await record();
    const others = results.map((result) => result.replace(/"policyDocument":"(?:[^"\\]|\\.)*",?/, ""));
    await account.answers({ [select]: { Results: others } });
    const [place] = await read();
    strictEqual(pathOf(place!.resources).hops.payload.verdict, "unknown");
  });

  it("reports the accounts and regions that it did not receive", async () => {
    const late = { ...received[1], LastUpdateStatus: "OUTDATED" };
    await account.answers({ [sources]: { AggregatedSourceStatusList: [received[0], late] } });
    const [first] = await read();
    deepStrictEqual(first!.failures, [
      "AWS Config's aggregator received nothing since 2026-11-28T09:00:00.000Z from 222222222222 in eu-west-1 (OUTDATED), so it may have changed.",
    ]);
  });

  it("exits with a sentence if it does not exist or cannot be read", async () => {
    await account.fail({ action: select, code: "NoSuchConfigurationAggregatorException", status: 400 });
    const shows = "the aggregator `organization` of AWS Config in eu-west-1 shows nothing: ";
    await rejects(read(), { message: `${shows}it does not exist there, or it has no VPC and no instance` });
    await account.callsSince();
    await account.fail({ action: select, code: "AccessDeniedException", status: 400 });
    await rejects(read(), {
      message: `${shows}\`config:SelectAggregateResourceConfig\` is not allowed in eu-west-1, so what depends on it is unknown. Allow it to the role: \`patchpath audit --print-policy\` prints the policy.`,
    });
    await account.callsSince();
  });
});

describe("what AWS Config records differently than EC2", () => {
  const of = (resourceType: string, configuration: object) => [
    { accountId: "111111111111", awsRegion: "eu-west-1", resourceType, configuration },
  ];

  it("is DHCP options in the form of CloudFormation", () => {
    const fields = { DhcpOptionsId: "dopt-1", DomainNameServers: ["10.0.0.2"], DomainName: "corp.example" };
    deepStrictEqual(ofType(of("AWS::EC2::DHCPOptions", fields), "AWS::EC2::DHCPOptions"), [
      {
        DhcpOptionsId: "dopt-1",
        DhcpConfigurations: [
          { Key: "domain-name-servers", Values: [{ Value: "10.0.0.2" }] },
          { Key: "domain-name", Values: [{ Value: "corp.example" }] },
        ],
        Tags: [],
      },
    ]);
  });

  it("is the status of a peering connection as text", () => {
    const fields = { vpcPeeringConnectionId: "pcx-1", status: "active" };
    const [peering] = ofType(of("AWS::EC2::VPCPeeringConnection", fields), "AWS::EC2::VPCPeeringConnection")!;
    deepStrictEqual(peering!.Status, { Code: "active" });
  });

  it("is an enumeration as a record", () => {
    const [gateway] = ofType(of("AWS::EC2::NatGateway", { state: { value: "available" } }), "AWS::EC2::NatGateway")!;
    strictEqual(gateway!.State, "available");
  });
});

function pathOf(resources: ConstructorParameters<typeof Stack>[0]): FleetPath {
  return pathsOf(new Stack(resources)).find(({ fleet }) => fleet.name.startsWith("web "))!;
}
