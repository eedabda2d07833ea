import { deepStrictEqual, strictEqual } from "node:assert/strict";
import * as policy from "@pulumi/policy";
import { attachedPolicies, endpointOf } from "../../../policypack/stack/endpoints";
import { policyDocumentsIn } from "../../../policypack/stack/policy-documents";
import { elementsOf, read, readText } from "../../../policypack/stack/reading";
import { type StackResource, given, regionOf } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { rolesOf } from "../../../policypack/stack/roles";
import { unknown } from "../rules/analyze";

/** Exported for tests, although it is not in the SDK's types. */
const { unknownCheckingProxy } = policy as unknown as { unknownCheckingProxy: <T extends object>(record: T) => T };

type Others = Partial<Omit<StackResource, "propertyDependencies">> & {
  from?: Readonly<Record<string, readonly StackResource[]>>;
};

/** A resource with its properties in the proxy of @pulumi/policy, as rules get it. */
function resource(type: string, name: string, props: object, { from, ...others }: Others = {}): StackResource {
  return {
    type,
    name,
    urn: `urn:pulumi:test::test::${type}::${name}`,
    props: unknownCheckingProxy(props) as StackResource["props"],
    ...others,
    ...(from && { propertyDependencies: from }),
  };
}

const trustOf = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });

describe("reading a property", () => {
  const proxied = unknownCheckingProxy({ a: "x", b: unknown, c: null, list: ["x", unknown], n: 5 });
  const plain = { a: "x", b: unknown, c: null, list: ["x", unknown], n: 5 };
  for (const [where, record] of [
    ["a policy pack", proxied],
    ["a state", plain],
  ] as const) {
    it(`answers known, unknown or absent, in ${where}`, () => {
      deepStrictEqual(read(record, "a"), { is: "known", value: "x" });
      deepStrictEqual(read(record, "b"), { is: "unknown" });
      deepStrictEqual(read(record, "c"), { is: "absent" });
      deepStrictEqual(read(record, "d"), { is: "absent" });
      deepStrictEqual(readText(record, "n"), { is: "absent" });
      deepStrictEqual(elementsOf(read(record, "list")), [{ is: "known", value: "x" }, { is: "unknown" }]);
      deepStrictEqual(elementsOf(read(record, "b")), [{ is: "unknown" }]);
      deepStrictEqual(elementsOf(read(record, "d")), []);
    });
  }

  it("reads a value without an origin as not set, if the whole stack is known", () => {
    const source = resource("aws:ec2/vpc:Vpc", "vpc", {});
    const byResource = resource("t", "a", { policy: unknown }, { from: { policy: [source] } });
    const computed = resource("t", "b", { policy: unknown }, { from: { tags: [source] } });
    const alone = resource("t", "c", { policy: unknown });
    deepStrictEqual(given(byResource, "policy"), { is: "unknown" });
    deepStrictEqual(given(computed, "policy"), { is: "absent" });
    deepStrictEqual(given(alone, "policy"), { is: "unknown" });
  });
});

describe("the region of a resource", () => {
  const provider = { props: { region: "eu-west-1" } };
  it("is its own, its provider's, or the one in its names", () => {
    strictEqual(regionOf(resource("t", "a", { region: "us-east-1" }, { provider })), "us-east-1");
    strictEqual(regionOf(resource("t", "a", {}, { provider })), "eu-west-1");
    strictEqual(regionOf(resource("t", "a", { arn: "arn:aws:ec2:us-west-2:1:vpc/x" })), "us-west-2");
    strictEqual(regionOf(resource("t", "a", { serviceName: "com.amazonaws.cn-north-1.s3" })), "cn-north-1");
    strictEqual(regionOf(resource("t", "a", { serviceName: "com.amazonaws.us-gov-west-1.s3" })), "us-gov-west-1");
    strictEqual(regionOf(resource("t", "a", { region: unknown })), undefined);
    strictEqual(regionOf(resource("t", "a", { region: unknown }, { provider })), undefined, "it may be another region");
  });
});

describe("an endpoint", () => {
  const endpoint = (props: object) => endpointOf(resource("aws:ec2/vpcEndpoint:VpcEndpoint", "e", props));
  it("is a gateway endpoint unless its type is set, and unknown as long as its type is", () => {
    strictEqual(endpoint({}).type, "Gateway");
    strictEqual(endpoint({ vpcEndpointType: unknown }).type, "unknown");
    strictEqual(endpoint({ vpcEndpointType: "GatewayLoadBalancer" }).type, "other");
  });

  for (const [props, answers] of [
    [{}, true],
    [{ vpcEndpointType: "Interface" }, false],
    [{ vpcEndpointType: "Interface", privateDnsEnabled: true }, false],
    [{ vpcEndpointType: "Interface", privateDnsEnabled: true, ipAddressType: "dualstack" }, true],
    [{ vpcEndpointType: "Interface", privateDnsEnabled: unknown, ipAddressType: "dualstack" }, undefined],
    [{ vpcEndpointType: unknown }, undefined],
    [
      {
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        ipAddressType: "dualstack",
        dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: true },
      },
      false,
    ],
  ] as const) {
    it(`with ${JSON.stringify(props)} ${answers === undefined ? "may serve" : answers ? "serves" : "does not serve"} the names that dnf and yum use`, () => {
      strictEqual(endpoint(props).answersRepositoryNames, answers);
    });
  }

  it("of aws-native has its policy in another property", () => {
    const native = endpointOf(
      resource("aws-native:ec2:VpcEndpoint", "e", {
        serviceName: "com.amazonaws.eu-west-1.s3",
        policyDocument: { Statement: [] },
      }),
    );
    const { document, property, resource: at } = native.policy;
    deepStrictEqual([at.name, property, document], ["e", "policyDocument", { is: "known", value: { Statement: [] } }]);
  });

  it("is found for a policy by its ID, or as the only possible origin of the reference", () => {
    const one = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "one", { id: "vpce-1" });
    const two = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "two", { id: unknown });
    const attachedTo = (vpcEndpointId: string, from: readonly StackResource[]) =>
      resource(
        "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
        "p",
        { vpcEndpointId, policy: "{}" },
        { from: { vpcEndpointId: from } },
      );
    const endpointNamed = (attached: StackResource) => {
      const [policy] = attachedPolicies(new Stack([one, two, attached]));
      return policy?.endpoint.is === "resource" ? policy.endpoint.resource.name : undefined;
    };
    strictEqual(endpointNamed(attachedTo("vpce-1", [])), "one");
    strictEqual(endpointNamed(attachedTo("vpce-elsewhere", [])), undefined);
    strictEqual(endpointNamed(attachedTo(unknown, [two])), "two");
    strictEqual(endpointNamed(attachedTo(unknown, [one, two])), undefined);
  });
});

describe("the roles of a stack", () => {
  const role = (name: string, service: string, others: object = {}) =>
    resource("aws:iam/role:Role", name, { name, assumeRolePolicy: trustOf(service), ...others });
  const profile = (roleName: string, from?: readonly StackResource[]) =>
    resource(
      "aws:iam/instanceProfile:InstanceProfile",
      "profile",
      { role: roleName },
      from ? { from: { role: from } } : {},
    );

  it("are instance roles if EC2 can assume them, in China too, or if they are in an instance profile", () => {
    const forInstances = (...resources: StackResource[]) =>
      rolesOf(new Stack(resources)).map(({ isForInstances }) => isForInstances);
    deepStrictEqual(forInstances(role("a", "ec2.amazonaws.com"), role("b", "ec2.amazonaws.com.cn")), [true, true]);
    deepStrictEqual(forInstances(role("a", "lambda.amazonaws.com")), [false]);
    deepStrictEqual(forInstances(role("a", "lambda.amazonaws.com"), profile("a")), [true]);
    // The second is `other` itself, which is created outside this stack and only referenced here.
    deepStrictEqual(forInstances(role("a", "lambda.amazonaws.com"), profile("other")), [false, true]);
    deepStrictEqual(forInstances(role("a", "x", { assumeRolePolicy: unknown })), ["unknown"]);
  });

  it("have the policies attached to them, by name or by the origin of the value", () => {
    const [a, b] = [role("a", "ec2.amazonaws.com"), role("b", "ec2.amazonaws.com")];
    const attachment = (to: string, from: readonly StackResource[] = []) =>
      resource(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "x",
        { role: to, policyArn: "arn:p" },
        { from: { role: from } },
      );
    const attachedTo = (one: StackResource) =>
      rolesOf(new Stack([a, b, one]))
        .filter(({ managedPolicies }) => managedPolicies.length > 0)
        .map(({ name }) => name);
    deepStrictEqual(attachedTo(attachment("b")), ["b"]);
    deepStrictEqual(attachedTo(attachment(unknown, [a])), ["a"]);
    deepStrictEqual(attachedTo(attachment(unknown, [a, b])), ["a", "b"]);
    const several = resource(
      "aws:iam/policyAttachment:PolicyAttachment",
      "x",
      { roles: ["a", unknown], policyArn: "arn:p" },
      { from: { roles: [b] } },
    );
    deepStrictEqual(attachedTo(several), ["a", "b"]);
  });
});

describe("the policy documents of a resource", () => {
  const places = (type: string, props: object) =>
    policyDocumentsIn(resource(type, "x", props)).map(({ property, kind }) => [property, kind]);
  it("are found in every property", () => {
    deepStrictEqual(
      places("aws:iam/role:Role", {
        assumeRolePolicy: "{}",
        inlinePolicies: [{ name: "a", policy: "{}" }, { policy: unknown }],
      }),
      [
        ["assumeRolePolicy", "trust"],
        ["inlinePolicies[0].policy", "identity"],
      ],
    );
    deepStrictEqual(places("aws:ec2/vpcEndpoint:VpcEndpoint", { policy: "{}" }), [["policy", "gateway-endpoint"]]);
    deepStrictEqual(places("aws:ec2/vpcEndpoint:VpcEndpoint", { policy: "{}", vpcEndpointType: "Interface" }), [
      ["policy", "endpoint"],
    ]);
    deepStrictEqual(
      places("aws-native:iam:Role", { assumeRolePolicyDocument: {}, policies: [{ policyDocument: {} }] }),
      [
        ["assumeRolePolicyDocument", "trust"],
        ["policies[0].policyDocument", "identity"],
      ],
    );
    deepStrictEqual(places("aws:iam/policy:Policy", { policy: unknown }), []);
    deepStrictEqual(places("aws:iam/policy:Policy", { policy: { Statement: [{ Resource: unknown }] } }), []);
  });
});
