import { deepStrictEqual } from "node:assert/strict";
import { costInWords } from "../../../policypack/report/cost-report";
import { aws, endpointsAndNat, plus, set, stack, without } from "../path/traps/bases";
import { serverInstance, wsus } from "../path/traps/wsus-base";
import type { ExampleResource } from "../rules/analyze";
import { patchedStack } from "../rules/network";
import { reportOnStates, stateOf } from "./stack-files";

const words = (...stacks: readonly (readonly ExampleResource[])[]) =>
  reportOnStates(...stacks.map((resources) => stateOf(resources))).monthlyCosts.map(costInWords);
const source = "excluding data transfer and volumes (list prices of 2026-09-21)";

describe("the estimated cost of the patch path", () => {
  it("is that of the interface endpoints in each of their Availability Zones", () => {
    const inTwo = set("ssm", { subnetIds: ["subnet-1", "subnet-2"] });
    deepStrictEqual(words(stack(patchedStack(), inTwo)), [
      `Estimated cost of the patch path: 24.09 USD/month in eu-west-1, ${source}: Interface endpoint 24.09.`,
    ]);
  });

  it("includes NAT gateways with their addresses, but no private ones, and no endpoints of other services", () => {
    const others = plus(
      aws("ec2/natGateway:NatGateway", "inner", { id: "nat-2", connectivityType: "private", subnetId: "subnet-1" }),
      aws("ec2/vpcEndpoint:VpcEndpoint", "sqs", {
        id: "vpce-sqs",
        serviceName: "com.amazonaws.eu-west-1.sqs",
        vpcEndpointType: "Interface",
        subnetIds: ["subnet-1"],
      }),
    );
    const alone = stack(endpointsAndNat, without("ssm"), without("ssmmessages"), others);
    deepStrictEqual(words(alone), [
      `Estimated cost of the patch path: 38.69 USD/month in eu-west-1, ${source}: NAT gateway 35.04, Public IPv4 address 3.65.`,
    ]);
  });

  it("includes a WSUS server with its license", () => {
    const [line] = words(
      stack(wsus, set("wsus", { instanceType: "m6i.large" }), without("ssm"), without("ssmmessages")),
    );
    deepStrictEqual(
      line,
      `Estimated cost of the patch path: 183.96 USD/month in eu-west-1, ${source}: NAT gateway 35.04, Public IPv4 address 3.65, WSUS server m6i.large 145.27.`,
    );
  });

  it("is unknown if it cannot be calculated, with the reason", () => {
    const unknown = (resources: readonly ExampleResource[]) =>
      words(resources).map((line) => line.replace(/^.*unknown, since /, ""));
    deepStrictEqual(unknown(stack(patchedStack(), set("ssm", { subnetIds: [] }))), [
      "the service of `ssm`, or its number of availability zones, is not known.",
    ]);
    deepStrictEqual(unknown(wsus), ["the instance type of the WSUS server is not known."]);
    const another = aws("ssm/association:Association", "another", {
      name: "server-1234567",
      targets: [{ key: "InstanceIds", values: ["i-other"] }],
    });
    deepStrictEqual(unknown(stack(wsus, plus(serverInstance("other", "i-other", "10.0.3.10"), another))), [
      "there are 2 WSUS servers.",
    ]);
  });

  it("is reported for each region in which something is billed", () => {
    const elsewhere = plus(
      aws("ec2/natGateway:NatGateway", "far", { id: "nat-9", subnetId: "s", region: "cn-north-1" }),
    );
    deepStrictEqual(words(stack(patchedStack(), elsewhere)), [
      "Estimated cost of the patch path in cn-north-1: unknown, since the price list has no prices for cn-north-1.",
      `Estimated cost of the patch path: 16.06 USD/month in eu-west-1, ${source}: Interface endpoint 16.06.`,
    ]);
    deepStrictEqual(words(stack(patchedStack(), without("ssm"), without("ssmmessages"))), []);
  });
});
