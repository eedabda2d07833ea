import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { readAccounts } from "../../audit/src";
import { type Action, actions } from "../../audit/src/calls";
import { reportOn } from "../../policypack/report/path-report";
import type { ReadPlace } from "../../policypack/report/read-accounts";
import type { StackResource } from "../../policypack/stack/resource";
import { Stack } from "../../policypack/stack/stack";
import { LiveAccount } from "./account";
import { fillAccount } from "./whole-account";

/**
 * The calls whose absence could reverse a verdict most easily, because an empty answer means something;
 * `npm run test:all` denies each one.
 */
const tellingCalls: readonly Action[] = [
  "ec2:DescribeInstanceAttribute",
  "ec2:DescribeLaunchTemplateVersions",
  "ec2:DescribeNetworkAcls",
  "ec2:DescribeRouteTables",
  "ec2:DescribeTransitGatewayRouteTables",
  "ec2:DescribeVpcEndpoints",
  "route53:ListHostedZonesByVPC",
];
/** The calls of AWS Config are those of config-aggregator.test.ts. */
const allowed = actions().filter((action) => !action.startsWith("config:"));
const refusedCalls = process.env["PATCHPATH_WHOLE_MATRICES"]
  ? allowed.filter((action) => action !== "sts:GetCallerIdentity")
  : tellingCalls;

/** Calls that always have one page: settings, and the requested versions of a launch template, which are one. */
const listsOfOne: readonly string[] = [
  "ec2:DescribeLaunchTemplateVersions",
  "ec2:DescribeInstanceAttribute",
  "ec2:DescribeVpcBlockPublicAccessOptions",
];

describe("an account that is read with AWS's SDK over HTTP", () => {
  let account: LiveAccount;
  let instances: string[];
  let whole: ReadPlace;
  let made: string[];

  const read = async (): Promise<ReadPlace> => {
    const [place] = await readAccounts({ regions: ["eu-west-1"], endpointUrl: account.url }, () => undefined);
    return place!;
  };

  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_MAX_ATTEMPTS: "2" });
    account = await LiveAccount.empty();
    instances = await fillAccount(account);
    await account.callsSince();
    whole = await read();
    made = await account.callsSince();
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_MAX_ATTEMPTS"])
      Reflect.deleteProperty(process.env, name);
  });

  it("receives exactly the calls that the policy allows, without those of an aggregator", () => {
    deepStrictEqual([...new Set(made)].sort(), [...allowed].sort());
  });

  it("has a count of its calls", () => {
    strictEqual(whole.calls, made.length);
  });

  it("is the same in pages of one item, of which every list has three", async () => {
    await account.pagesOf(1);
    const paged = await read();
    await account.pagesOf(null);
    const calls = await account.callsSince();
    deepStrictEqual(inOrder(paged.resources), inOrder(whole.resources));
    deepStrictEqual([...paged.seen].sort(), [...whole.seen].sort());
    const lists = allowed.filter((action) => /:(List|Search|Describe|GetManagedPrefixListEntries)/.test(action));
    const few = lists.filter(
      (action) => calls.filter((call) => call === action).length < 3 && !listsOfOne.includes(action),
    );
    deepStrictEqual(few, []);
  });

  it("shows what Systems Manager reports of each instance", () => {
    const [first = ""] = instances;
    const urn = whole.resources.find(({ props }) => props["id"] === first)!.urn;
    deepStrictEqual(whole.seen.get(urn), {
      instances: 1,
      running: 1,
      online: 1,
      lastOperation: { operation: "Install", at: "2026-11-27T18:05:00.000Z" },
      installed: 12,
      missing: 0,
      failed: 0,
      compliant: 1,
      assessed: 1,
    });
  });

  it("is read with a role, and in several regions, each as a separate place", async () => {
    const roleArns = ["arn:aws:iam::111111111111:role/audit"];
    const regions = ["eu-west-1", "us-east-1"];
    const places = await readAccounts({ regions, roleArns, endpointUrl: account.url }, () => undefined);
    await account.callsSince();
    deepStrictEqual(
      places.map(({ place }) => `${place.account} ${place.region}`),
      ["111111111111 eu-west-1", "111111111111 us-east-1"],
    );
    const urns = places.flatMap(({ resources }) => resources.map(({ urn }) => urn));
    strictEqual(new Set(urns).size, urns.length);
  });

  it("is limited to the fleets of the selected VPCs", async () => {
    const vpcIds = [whole.resources.find(({ type }) => type === "aws:ec2/vpc:Vpc")!.props["id"] as string];
    const options = { regions: ["eu-west-1"], vpcIds, endpointUrl: account.url };
    const [place] = await readAccounts(options, () => undefined);
    await account.callsSince();
    const subnets = new Set(
      place!.resources.filter(({ props }) => props["vpcId"] === vpcIds[0]).map(({ props }) => props["id"]),
    );
    const others = place!.resources.filter(
      ({ type, props }) => type === "aws:ec2/instance:Instance" && !subnets.has(props["subnetId"]),
    );
    deepStrictEqual(others, []);
  });

  for (const action of refusedCalls) {
    it(`is read further if ${action} is denied, with a sentence, and nothing is decided by what it would have shown`, async () => {
      const code = action.startsWith("ec2:") ? "UnauthorizedOperation" : "AccessDeniedException";
      await account.fail({ action, code, status: 403 });
      const place = await read();
      await account.callsSince();
      deepStrictEqual(place.failures, [
        `\`${action}\` is not allowed in eu-west-1, so what depends on it is unknown. Allow it to the role: \`patchpath audit --print-policy\` prints the policy.`,
      ]);
      nothingDecidedAnew(whole, place, action);
    });
  }

  // A throttled client slows down all of its later calls: these services have few.
  for (const [what, action, fault, why] of [
    [
      "throttled",
      "autoscaling:DescribeAutoScalingGroups",
      { code: "ThrottlingException", status: 400 },
      "is throttled after all retries",
    ],
    [
      "answered with 500",
      "ec2:DescribeRouteTables",
      { code: "InternalError", status: 500 },
      "failed with status 500 after all retries",
    ],
    ["truncated", "ec2:DescribeRouteTables", { truncate: true }, "has an answer that is truncated or not readable"],
  ] as const) {
    it(`is read further if a call is ${what}`, async () => {
      await account.fail({ action, ...fault });
      const place = await read();
      await account.callsSince();
      const remedy = what === "throttled" ? "Run the audit again at a quieter time." : "Run the audit again.";
      deepStrictEqual(place.failures, [
        `\`${action}\` ${why} in eu-west-1, so what depends on it is unknown. ${remedy}`,
      ]);
      nothingDecidedAnew(whole, place, action);
    });
  }

  it("is read with a retry if a call is throttled once", async () => {
    const action = "autoscaling:DescribeAutoScalingGroups";
    await account.fail({ action, code: "ThrottlingException", status: 400, times: 1 });
    const place = await read();
    await account.callsSince();
    deepStrictEqual(place.failures, []);
    deepStrictEqual(inOrder(place.resources), inOrder(whole.resources));
  });

  for (const [code, sentence] of [
    ["ExpiredToken", /^the AWS credentials have expired; sign in again/],
    [
      "InvalidClientTokenId",
      /^AWS does not accept the credentials in eu-west-1 \(InvalidClientTokenId\); check them, and that the region is enabled/,
    ],
  ] as const) {
    it(`results in a sentence for ${code}`, async () => {
      await account.fail({ action: "sts:GetCallerIdentity", code, status: 403 });
      await rejects(read(), { message: sentence });
      await account.callsSince();
    });
  }
});

function inOrder(resources: readonly StackResource[]): StackResource[] {
  return [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** What was blocked or open before is the same now, or unknown: a denied call must not reverse a verdict. */
function nothingDecidedAnew(before: ReadPlace, after: ReadPlace, action: Action): void {
  const said = new Map(reportOn([new Stack(before.resources)]).fleets.map((fleet) => [fleet.urn, fleet]));
  for (const fleet of reportOn([new Stack(after.resources)]).fleets) {
    const hops = said.get(fleet.urn)?.hops;
    if (!hops) continue;
    for (const [i, { hop, verdict, because }] of fleet.hops.entries()) {
      const was = hops[i]!.verdict;
      const isTurned = (was === "open" && verdict === "blocked") || (was === "blocked" && verdict === "open");
      ok(!isTurned, `${action}: ${hop} of ${fleet.name} was ${was} and is ${verdict}: ${because}`);
    }
  }
}
