import { deepStrictEqual } from "node:assert/strict";
import { prefixListBehind } from "../../../policypack/stack/prefix-lists";
import { read } from "../../../policypack/stack/reading";
import { asPreview, asState } from "../path/traps/trap";
import type { ExampleResource } from "../rules/analyze";
import { aws } from "../path/traps/bases";

const list = (name: string, ...cidrs: readonly (string | undefined)[]) =>
  aws("ec2/managedPrefixList:ManagedPrefixList", name, {
    id: `pl-${name}`,
    addressFamily: "IPv4",
    entries: cidrs.map((cidr) => (cidr === undefined ? {} : { cidr })),
  });
const entry = (prefixListId: string, cidr: string) =>
  aws("ec2/managedPrefixListEntry:ManagedPrefixListEntry", `entry-${cidr}`, { prefixListId, cidr });
const endpoint = (name: string, service: string, prefixListId: string) =>
  aws("ec2/vpcEndpoint:VpcEndpoint", name, { id: `vpce-${name}`, vpcId: "vpc-1", serviceName: service, prefixListId });
const route = (destinationPrefixListId: string, from?: readonly string[]): ExampleResource => ({
  ...aws("ec2/route:Route", "route", { routeTableId: "rtb-1", natGatewayId: "nat-1", destinationPrefixListId }),
  ...(from && { from: { destinationPrefixListId: from } }),
});

/** What a route for a prefix list is about, as state and as preview. */
function behind(...resources: readonly ExampleResource[]) {
  return [asState(resources), asPreview(resources)].map((stack) => {
    const from = stack.of("route")[0]!;
    const found = prefixListBehind(stack, read(from.props, "destinationPrefixListId"), from, "destinationPrefixListId");
    if (found.is !== "blocks") return found.is === "service" ? `service ${found.service ?? "?"}` : found.is;
    return `${found.blocks.length} blocks${found.isPartial ? ", and more" : ""}`;
  });
}

const s3 = "com.amazonaws.eu-west-1.s3";

describe("the prefix list behind a reference", () => {
  const cases: Readonly<Record<string, readonly [readonly ExampleResource[], state: string, preview: string]>> = {
    "a customer-managed list, with its IPv4 blocks": [
      [list("ours", "10.1.0.0/16", "2001:db8::/32", "10.2.0.0/16"), route("pl-ours")],
      "2 blocks",
      "2 blocks",
    ],
    "a list with an entry whose block is not known": [
      [list("ours", "10.1.0.0/16", undefined), route("pl-ours")],
      "1 blocks, and more",
      "1 blocks, and more",
    ],
    "a list with entries that are resources of their own": [
      [list("ours", "10.1.0.0/16"), entry("pl-ours", "10.2.0.0/16"), entry("pl-ours", "10.3.0.0/16"), route("pl-ours")],
      "3 blocks",
      "3 blocks",
    ],
    "a list beside one that has an entry of its own": [
      [list("ours", "10.1.0.0/16"), list("theirs"), entry("pl-theirs", "10.2.0.0/16"), route("pl-ours")],
      "1 blocks",
      "1 blocks",
    ],
    "a list beside an entry of a list from elsewhere": [
      [list("ours", "10.1.0.0/16"), entry("pl-elsewhere", "10.2.0.0/16"), route("pl-ours")],
      "1 blocks",
      "1 blocks",
    ],
    "the list of S3, which the gateway endpoint names": [
      [endpoint("s3", s3, "pl-s3"), route("pl-s3")],
      "service s3",
      "service s3",
    ],
    "the list of S3 beside that of another service": [
      [endpoint("s3", s3, "pl-s3"), endpoint("dynamo", "com.amazonaws.eu-west-1.dynamodb", "pl-db"), route("pl-s3")],
      "service s3",
      "service s3",
    ],
    "a list that nothing in the stack names": [[endpoint("s3", s3, "pl-s3"), route("pl-0")], "unknown", "unknown"],
  };
  for (const [title, [resources, state, preview]] of Object.entries(cases)) {
    it(`is ${title}`, () => {
      deepStrictEqual(behind(...resources), [state, preview]);
    });
  }
});
