import { deepStrictEqual } from "node:assert/strict";
import { endpointsOf } from "../../../policypack/stack/endpoints";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { briefly, resource } from "./resources";

const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { id: "vpc-1" });
const group = resource("aws:ec2/securityGroup:SecurityGroup", "group", { id: "sg-1" });
const subnet = resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1" });
const endpoint = (props: object = {}, name = "ssm") =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", name, {
    id: `vpce-${name}`,
    vpcId: "vpc-1",
    vpcEndpointType: "Interface",
    ...props,
  });
const another = endpoint({}, "z-another");
const associated = (props: object, from: readonly StackResource[] = []) =>
  resource(
    "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
    "association",
    { vpcEndpointId: "vpce-ssm", securityGroupId: "sg-1", ...props },
    { vpcEndpointId: from },
  );
const placed = (...resources: readonly StackResource[]) =>
  endpointsOf(new Stack([vpc, group, subnet, another, ...resources]))[0]!;
const groups = (...resources: readonly StackResource[]) => placed(...resources).securityGroups.map(briefly);

describe("the security groups of an endpoint", () => {
  const own = endpoint();
  it("are those that it lists, and those that are associated with it", () => {
    deepStrictEqual(groups(own), []);
    deepStrictEqual(groups(endpoint({ securityGroupIds: ["sg-2"] }), associated({})), ["outside: sg-2", "group"]);
    deepStrictEqual(groups(own, associated({ vpcEndpointId: "vpce-z-another" })), []);
    deepStrictEqual(groups(own, associated({ vpcEndpointId: "vpce-elsewhere" })), []);
    deepStrictEqual(groups(own, associated({ vpcEndpointId: undefined })), []);
  });

  it("include the default group of its VPC, unless an association replaces it", () => {
    deepStrictEqual(groups(own, associated({})), ["vpc", "group"]);
    deepStrictEqual(groups(own, associated({ replaceDefaultAssociation: false })), ["vpc", "group"]);
    deepStrictEqual(groups(own, associated({ replaceDefaultAssociation: true })), ["group"]);
    deepStrictEqual(groups(own, associated({ replaceDefaultAssociation: "true" })), ["group"]);
    const second = { ...associated({ securityGroupId: "sg-2" }), name: "second", urn: "second" };
    deepStrictEqual(groups(own, associated({ replaceDefaultAssociation: true }), second), ["group", "outside: sg-2"]);
    deepStrictEqual(groups(endpoint({ vpcId: undefined }), associated({})), ["unknown", "group"]);
  });

  it("are not known where an association may be another endpoint's", () => {
    deepStrictEqual(groups(own, associated({ vpcEndpointId: unknown }, [own, another])), ["vpc", "unknown"]);
    deepStrictEqual(groups(own, associated({ securityGroupId: undefined })), ["vpc", "unknown"]);
  });
});

describe("the policy of an endpoint", () => {
  const own = endpoint({ policy: '{"own":1}' });
  const policy = (vpcEndpointId: unknown, from: readonly StackResource[] = []) =>
    resource(
      "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
      "policy",
      { vpcEndpointId, policy: "{}" },
      { vpcEndpointId: from },
    );
  const documentWith = (...others: readonly StackResource[]) => {
    const { document, resource: at, isInDoubt } = placed(own, ...others).policy;
    return [at.name, document.is, isInDoubt === true];
  };
  it("is its own, or the one that is attached to it", () => {
    deepStrictEqual(documentWith(), ["ssm", "known", false]);
    deepStrictEqual(documentWith(policy("vpce-ssm")), ["policy", "known", false]);
    deepStrictEqual(documentWith(policy("vpce-z-another")), ["ssm", "known", false]);
    deepStrictEqual(documentWith(policy("vpce-elsewhere")), ["ssm", "known", false]);
  });

  it("is in doubt while another may be attached to it", () => {
    const third = endpoint({}, "z-third");
    deepStrictEqual(documentWith(policy(unknown)), ["policy", "unknown", true]);
    deepStrictEqual(documentWith(policy(undefined)), ["policy", "unknown", true]);
    deepStrictEqual(documentWith(policy(unknown, [own, another])), ["policy", "unknown", true]);
    deepStrictEqual(documentWith(third, policy(unknown, [another, third])), ["ssm", "known", false]);
  });
});
