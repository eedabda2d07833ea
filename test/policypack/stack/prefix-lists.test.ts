import { deepStrictEqual } from "node:assert/strict";
import { readBlock } from "../../../policypack/stack/addresses";
import { prefixListBehind } from "../../../policypack/stack/prefix-lists";
import type { Reading } from "../../../policypack/stack/reading";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

const list = (entries: unknown) =>
  resource("aws:ec2/managedPrefixList:ManagedPrefixList", "list", { id: "pl-1", entries });
const another = resource("aws:ec2/managedPrefixList:ManagedPrefixList", "another", { id: "pl-2" });
const endpoint = (service: string) =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
    serviceName: `com.amazonaws.eu-west-1.${service}`,
    prefixListId: `pl-${service}`,
  });
const [s3, dynamodb] = [endpoint("s3"), endpoint("dynamodb")];
const hidden: Reading = { is: "unknown" };
const id = (value: string): Reading => ({ is: "known", value });
const inPart = (isPartial: boolean, ...blocks: readonly string[]) => ({
  is: "blocks",
  blocks: blocks.map(readBlock),
  isPartial,
});

function listBehind(reference: Reading, from: readonly StackResource[], ...resources: readonly StackResource[]) {
  const group = resource("aws:ec2/securityGroup:SecurityGroup", "group", {}, { egress: from });
  return prefixListBehind(new Stack([...resources, group]), reference, group, "egress");
}

describe("the prefix list behind a reference", () => {
  const own = list([{ cidr: "10.0.0.0/8" }]);
  const ofOwn = inPart(false, "10.0.0.0/8");
  const cases: readonly (readonly [string, ReturnType<typeof listBehind>, unknown])[] = [
    ["is one of the stack by its id", listBehind(id("pl-1"), [], own, s3), ofOwn],
    [
      "is one of the stack by its id, whatever else is behind the property",
      listBehind(id("pl-1"), [s3], own, s3),
      ofOwn,
    ],
    [
      "is the service's by the id that an endpoint has",
      listBehind(id("pl-s3"), [], own, s3),
      { is: "service", service: "s3" },
    ],
    ["is not known by the id of a list that is not in the stack", listBehind(id("pl-9"), [s3], own, s3), hidden],
    ["is the one that the reference comes from", listBehind(hidden, [own], own, s3), ofOwn],
    [
      "is that of the endpoint that the reference comes from",
      listBehind(hidden, [s3], own, s3),
      { is: "service", service: "s3" },
    ],
    [
      "is of one service where it comes from several endpoints of it",
      listBehind(hidden, [s3, endpoint("s3")], s3),
      { is: "service", service: "s3" },
    ],
    [
      "is of a service that is not known where the endpoints are of two",
      listBehind(hidden, [s3, dynamodb], s3, dynamodb),
      { is: "service", service: undefined },
    ],
    ["is not known where it comes from an endpoint or a list", listBehind(hidden, [own, s3], own, s3), hidden],
    ["is not known where it comes from one of two lists", listBehind(hidden, [own, another], own, another), hidden],
    ["is not known where it comes from nothing", listBehind(hidden, [], own, s3), hidden],
  ];
  for (const [what, found, expected] of cases) {
    it(what, () => {
      deepStrictEqual(found, expected);
    });
  }
});

describe("the blocks of a prefix list", () => {
  const entry = (prefixListId: unknown, from: readonly StackResource[] = []) =>
    resource(
      "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
      "entry",
      { prefixListId, cidr: "10.1.0.0/16" },
      { prefixListId: from },
    );
  const none = list(undefined);
  const cases: readonly (readonly [string, StackResource, readonly StackResource[], unknown])[] = [
    [
      "are its own",
      list([{ cidr: "10.0.0.0/8" }, { cidr: "192.168.0.0/16" }]),
      [],
      inPart(false, "10.0.0.0/8", "192.168.0.0/16"),
    ],
    ["are those of IPv4", list([{ cidr: "2001:db8::/32" }, { cidr: "10.0.0.0/8" }]), [], inPart(false, "10.0.0.0/8")],
    [
      "are a part while one is not known",
      list([{ cidr: unknown }, { cidr: "10.0.0.0/8" }]),
      [],
      inPart(true, "10.0.0.0/8"),
    ],
    ["are a part while an entry is not known", list([unknown]), [], inPart(true)],
    ["are those of resources for its entries", none, [entry("pl-1")], inPart(false, "10.1.0.0/16")],
    ["are those of entries that come from it", none, [entry(unknown, [none])], inPart(false, "10.1.0.0/16")],
    ["are not those of entries of other lists", none, [entry("pl-2"), another], inPart(false)],
    ["are not those of entries of lists elsewhere", none, [entry("pl-9")], inPart(false)],
    ["are a part while an entry may be its own", none, [entry(unknown, [none, another])], inPart(true)],
    ["are a part where an entry has no list", none, [entry(undefined)], inPart(true)],
  ];
  for (const [what, own, others, expected] of cases) {
    it(what, () => {
      deepStrictEqual(listBehind(id("pl-1"), [], own, ...others), expected);
    });
  }
});
