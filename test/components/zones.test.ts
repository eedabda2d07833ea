import { deepStrictEqual, ok } from "node:assert/strict";
import { PatchTopology } from "@patchpath/components";
import { args } from "./made-by-patching";
import { type Answers, recorded } from "./with-mocks";

const offered = (locations: readonly string[]): Answers => ({
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": () => ({ locations }),
});
const served = (availabilityZones: readonly string[]): Answers => ({
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": () => ({ availabilityZones }),
});

const zonesOf = async (answers: Answers) => {
  const resources = await recorded((opts) => new PatchTopology("prod", args, opts), answers);
  const subnets = resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
  ok(subnets.length > 0);
  return subnets.map(({ inputs }) => inputs["availabilityZone"]);
};

// Only AWS knows the Availability Zones that offer something: the answers here are invented.
describe("the zones of a network", () => {
  it("are the first ones that offer everything", async () => {
    deepStrictEqual(await zonesOf({}), ["eu-west-1a", "eu-west-1b"]);
  });

  it("offer the instance types of the fleets", async () => {
    deepStrictEqual(await zonesOf(offered(["eu-west-1c", "eu-west-1a"])), ["eu-west-1a", "eu-west-1c"]);
  });

  it("have the endpoint services", async () => {
    deepStrictEqual(await zonesOf(served(["eu-west-1b", "eu-west-1c"])), ["eu-west-1b", "eu-west-1c"]);
  });
});
