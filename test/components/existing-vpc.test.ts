import { deepStrictEqual, ok } from "node:assert/strict";
import { type ExistingNetwork, PatchTopology, type TopologyEndpoints } from "@patchpath/components";
import { args } from "./made-by-patching";
import { type Recorded, recorded } from "./with-mocks";

const network: ExistingNetwork = {
  vpcId: "vpc-1",
  cidrBlock: "10.0.0.0/16",
  cidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"],
  dnsSupport: true,
  dnsHostnames: true,
  subnets: [{ id: "subnet-1", vpcId: "vpc-1", zone: "eu-west-1a" }],
  routeTables: [{ id: "rtb-1", vpcId: "vpc-1", defaultRoute: undefined, routes: [] }],
  endpoints: { s3: undefined, interfaces: {} },
};

const made = (endpoints: TopologyEndpoints, found: Partial<ExistingNetwork> = {}) =>
  recorded((opts) => new PatchTopology("prod", { ...args, network: { ...network, ...found }, endpoints }, opts));

const ingress = (resources: readonly Recorded[]) =>
  resources.flatMap(({ type, inputs }) =>
    type.endsWith(":SecurityGroupIngressRule") && inputs["securityGroupId"] === "prod-endpoints-interface-id"
      ? [inputs["cidrIpv4"] ?? inputs["referencedSecurityGroupId"]]
      : [],
  );

const sidsOf = (resources: readonly Recorded[]) => {
  const endpoint = resources.find(({ name }) => name === "prod-endpoints-ssm");
  ok(endpoint);
  const { Statement } = JSON.parse(endpoint.inputs["policy"] as string) as { Statement: { Sid: string }[] };
  return Statement.map(({ Sid }) => Sid);
};

// Whether anything else is in the VPC, and what it calls, cannot be determined here.
describe("endpoints in an existing VPC", () => {
  it("allow only the fleets, with the calls of the agent", async () => {
    const resources = await made({ sharedWith: [] });
    deepStrictEqual(ingress(resources), ["prod-web-instances-id"]);
    deepStrictEqual(sidsOf(resources), ["AllowAgent"]);
  });

  it("allow all blocks of the VPC, with every action of the service", async () => {
    const resources = await made({ sharedWith: "vpc" });
    deepStrictEqual(ingress(resources), ["10.0.0.0/16", "100.64.0.0/16", "prod-web-instances-id"]);
    deepStrictEqual(sidsOf(resources), ["AllowAgent", "AllowOtherClients"]);
  });

  it("allow named security groups, with every action of the service", async () => {
    const resources = await made({ sharedWith: ["sg-lambdas"] });
    deepStrictEqual(ingress(resources), ["sg-lambdas", "prod-web-instances-id"]);
    deepStrictEqual(sidsOf(resources), ["AllowAgent", "AllowOtherClients"]);
  });
});

describe("name servers of an existing VPC", () => {
  const dns = (resources: readonly Recorded[]) =>
    resources.flatMap(({ inputs: { fromPort, cidrIpv4, ipProtocol } }) =>
      fromPort === 53 ? [[cidrIpv4, ipProtocol]] : [],
    );

  it("are allowed by the fleets if they are not the resolver of the VPC", async () => {
    deepStrictEqual(dns(await made({ sharedWith: [] })), []);
    deepStrictEqual(dns(await made({ sharedWith: [] }, { nameServers: ["10.0.0.5"] })), [
      ["10.0.0.5/32", "udp"],
      ["10.0.0.5/32", "tcp"],
    ]);
  });
});
