import { deepStrictEqual } from "node:assert/strict";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { secretText, unknownValues } from "../../../policypack/stack/special-values";
import type { Stack } from "../../../policypack/stack/stack";
import type { ExampleResource } from "../rules/analyze";
import { traps } from "./traps";
import { type Trap, asState } from "./traps/trap";

const all = Object.values(traps).flat();

/** All traps take minutes; a sample shows what a change breaks. */
const every = process.env["PATCHPATH_WHOLE_MATRICES"] ? 1 : 60;
const sample = all.filter((_, i) => i % every === 0);

/** Tags decide what patches a fleet, and IDs how resources refer to each other: without them, it is another stack. */
const identities = ["id", "name", "roleName"];

/** AWS computes the IDs of what it creates with a VPC, and the state of a route, so they cannot be secrets. */
const isWritten = (property: string) => !/^(default|main).*Id$|^state$/.test(property);

/** A secret launch template may be that of a group, and one that another fleet may use is not a fleet itself. */
const verdictOf = (stack: Stack) => pathsOf(stack).find(({ fleet }) => fleet.name === "web")?.verdict ?? "unknown";

/** The verdict on a trap with another value of one property of one resource. */
function verdictWith({ resources, region }: Trap, at: ExampleResource, property: string, value: unknown) {
  const changed = resources.map((one) => (one === at ? { ...one, props: { ...one.props, [property]: value } } : one));
  return verdictOf(asState(changed, region));
}

/** A property of a trap that may be a secret, with the verdicts on the trap before and with that. */
interface Hidden {
  readonly trap: Trap;
  readonly resource: ExampleResource;
  readonly property: string;
  readonly before: "blocked" | "patchable";
  readonly after: ReturnType<typeof verdictOf>;
}

/** Each property of the sample as a secret. */
function* hiddenIn(traps: readonly Trap[]): Generator<Hidden> {
  for (const trap of traps) {
    const before = verdictOf(asState(trap.resources, trap.region));
    if (before === "unknown") continue;
    for (const resource of trap.resources) {
      for (const property of Object.keys(resource.props)) {
        if (identities.includes(property) || !isWritten(property)) continue;
        yield { trap, resource, property, before, after: verdictWith(trap, resource, property, secretText) };
      }
    }
  }
}

/** The values that a property has in any trap, and none. */
const valuesOf = new Map<string, Set<unknown>>();
for (const { resources } of all) {
  for (const { type, props } of resources) {
    for (const [property, value] of Object.entries(props)) {
      const text = JSON.stringify([value]);
      if ([secretText, ...unknownValues].some((special) => text.includes(special))) continue;
      const values = valuesOf.get(`${type} ${property}`) ?? new Set<unknown>([undefined]);
      valuesOf.set(`${type} ${property}`, values.add(value));
    }
  }
}

/** Secrets that leave a fleet patchable although another value would block it, and why AWS excludes such a value. */
const decided: Readonly<Record<string, string>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint vpcEndpointType": "an endpoint for ssm can only be an interface endpoint",
  "aws-native:ec2:VpcEndpoint vpcEndpointType": "an endpoint for ssm can only be an interface endpoint",
  "aws:ec2/vpcEndpoint:VpcEndpoint serviceName": "one endpoint for a service of a VPC can have private DNS",
  "aws:ec2/vpcEndpoint:VpcEndpoint privateDnsEnabled": "one endpoint for a service of a VPC can have private DNS",
  "aws:ec2/routeTableAssociation:RouteTableAssociation subnetId": "a subnet has at most one association",
  "aws:ec2/subnet:Subnet cidrBlock": "the block of a subnet is within those of its VPC",
  "aws:ec2/instance:Instance ami": "a tag or the user data tells the operating system where the image does not",
};

/** Secrets that leave a fleet blocked although another value would not block it, and why AWS excludes such a value. */
const stillBlocked: Readonly<Record<string, string>> = {
  "aws:ec2/routeTableAssociation:RouteTableAssociation subnetId": "a subnet has at most one association",
  "aws:ec2/instance:Instance ami": "a tag tells the operating system where the image does not",
  "aws-native:ec2:SecurityGroup groupId": "AWS computes it",
};

describe("a property that is a secret", () => {
  let secrets: readonly Hidden[];
  before(() => {
    secrets = [...hiddenIn(sample)];
  });

  it("does not make a blocked fleet patchable, and does not block a patchable one", () => {
    const wrong = secrets
      .filter(({ before, after }) => before !== after && after !== "unknown")
      .map(
        ({ trap, resource, property, before, after }) =>
          `${resource.type} ${property}: ${before}, then ${after} (${trap.title})`,
      );
    deepStrictEqual(wrong, []);
  });

  for (const [verdict, opposite, except] of [
    ["patchable", "blocked", decided],
    ["blocked", "patchable", stillBlocked],
  ] as const) {
    it(`leaves a ${verdict} fleet unknown if it would be ${opposite} with another value`, () => {
      const wrong: Record<string, string> = {};
      for (const { trap, resource, property, before, after } of secrets) {
        const key = `${resource.type} ${property}`;
        if (before !== verdict || after !== verdict || key in except || key in wrong) continue;
        const values = [...(valuesOf.get(key) ?? [])];
        const at = values.findIndex((value) => verdictWith(trap, resource, property, value) === opposite);
        if (at >= 0) wrong[key] = `${opposite} with ${JSON.stringify(values[at])} (${trap.title})`;
      }
      deepStrictEqual(wrong, {});
    });
  }
});
