import { deepStrictEqual } from "node:assert/strict";
import { type ExistingNetwork, costOf } from "@patchpath/components";
import { costLines } from "patchpath/facts";
import { readConfig } from "../../config";
import { repriced } from "../../config/existing-network";
import { found, vpcId } from "./found-network";
import { configWith } from "./problems";

describe("the price of a stack in an existing network", () => {
  const config = (values: Readonly<Record<string, unknown>> = {}) =>
    readConfig(
      configWith({
        "patchpath:network": {
          vpcId,
          subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
        },
        "patchpath:traffic": { interfaceEndpoints: 100 },
        ...values,
      }),
    );
  const subnets = ["a", "a", "b"].map((zone, i) => ({ id: `subnet-${i}`, vpcId, zone: `eu-west-1${zone}` }));
  const endpoint = { id: "vpce-2", privateDns: true, securityGroupIds: [] };
  const linesOf = (network: Partial<ExistingNetwork>, values = config()) =>
    costLines(costOf(values.topology, repriced(values, { ...found, subnets, ...network }).prices));

  it("includes each endpoint that is created once for each Availability Zone, whatever the number of subnets", () => {
    deepStrictEqual(linesOf({}), [
      "Interface endpoint: 4380 hours at 0.014 USD, 61.32 USD",
      "Interface endpoint, traffic: 100 GB at 0.01 USD, 1.00 USD",
    ]);
  });

  it("does not include existing endpoints", () => {
    deepStrictEqual(linesOf({ endpoints: { s3: undefined, interfaces: { ssm: endpoint, ssmmessages: endpoint } } }), [
      "Interface endpoint: 1460 hours at 0.014 USD, 20.44 USD",
      "Interface endpoint, traffic: 100 GB at 0.01 USD, 1.00 USD",
    ]);
  });

  it("does not include endpoints of a hub", () => {
    const central = (services?: readonly string[]) =>
      config({ "patchpath:endpoints": { central: { cidrBlocks: ["10.99.0.0/24"], services } } });
    deepStrictEqual(linesOf({}, central()), []);
    deepStrictEqual(linesOf({}, central(["ssm", "ssmmessages"])), [
      "Interface endpoint: 1460 hours at 0.014 USD, 20.44 USD",
      "Interface endpoint, traffic: 100 GB at 0.01 USD, 1.00 USD",
    ]);
  });

  it("is zero if all exist, with nat too, whose gateways belong to the owner of the network", () => {
    const interfaces = { ssm: endpoint, ssmmessages: endpoint, logs: endpoint };
    deepStrictEqual(linesOf({ endpoints: { s3: undefined, interfaces } }, config({ "patchpath:topology": "nat" })), []);
  });

  it("is the same in the reasons for the choice", () => {
    const chosen = config({ "patchpath:topology": "auto" });
    const { choice } = repriced(chosen, {
      ...found,
      subnets,
      endpoints: { s3: undefined, interfaces: { ssm: endpoint, ssmmessages: endpoint, logs: endpoint } },
    });
    deepStrictEqual(
      [choice?.topology, choice?.rated.map(({ cost }) => cost.known && cost.total).slice(0, 2)],
      [chosen.topology, [0, 0]],
    );
  });
});
