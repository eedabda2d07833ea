import { deepStrictEqual } from "node:assert/strict";
import type { ServiceEgress } from "../../../policypack/path/egress";
import { egressOf } from "../../../policypack/path/subnet-egress";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { secretText } from "../../../policypack/stack/special-values";
import type { ExampleResource } from "../rules/analyze";
import { aws, endpointOnly, endpointsAndNat, natAndGateway, plus, set, stack, vpcId, without } from "./traps/bases";
import { asState } from "./traps/trap";

function inWords(egress: ServiceEgress | undefined): string {
  switch (egress?.is) {
    case "endpoint":
      return `by ${egress.endpoint.resource.name}`;
    case "internet":
      return `internet ${egress.internet.is}`;
    case "unknown":
      return `${egress.because}${egress.isAboutName ? " (its name)" : ""}`;
    default:
      return "none";
  }
}

/** How a fleet reaches Systems Manager and S3. */
function egress(resources: readonly ExampleResource[]): { ssm: string; s3: string } {
  const all = asState(resources);
  const web = fleetsOf(all).find(({ name }) => name === "web");
  const [subnet] = egressOf(all, web!, ["ssm"]);
  return { ssm: inWords(subnet!.services["ssm"]), s3: inWords(subnet!.s3) };
}

const more = (props: Readonly<Record<string, unknown>>) =>
  plus(
    aws("ec2/vpcEndpoint:VpcEndpoint", "more", {
      id: "vpce-more",
      vpcId,
      serviceName: "com.amazonaws.eu-west-1.ssm",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: ["subnet-1"],
      ...props,
    }),
  );
const resolves = (service: string, endpoint: string) =>
  `whether the name of \`${service}\` resolves to the endpoint \`${endpoint}\` (its name)`;
const isFor = (endpoint: string) => `which service and VPC the endpoint \`${endpoint}\` is for`;

describe("how a subnet reaches Systems Manager", () => {
  const noName = set("ssm", { privateDnsEnabled: false });
  const cases: readonly (readonly [what: string, resources: readonly ExampleResource[], expected: string])[] = [
    ["an endpoint", endpointOnly, "by ssm"],
    ["an endpoint of a secret service", stack(endpointOnly, set("ssm", { serviceName: secretText })), isFor("ssm")],
    ["an endpoint in a secret VPC", stack(endpointOnly, set("ssm", { vpcId: secretText })), isFor("ssm")],
    [
      "an endpoint whose private DNS is a secret, and no route to the internet",
      stack(endpointOnly, set("ssm", { privateDnsEnabled: secretText })),
      "by ssm",
    ],
    [
      "an endpoint whose private DNS is a secret, and NAT",
      stack(endpointsAndNat, set("ssm", { privateDnsEnabled: secretText })),
      resolves("ssm", "ssm"),
    ],
    ["an endpoint without private DNS, and NAT", stack(endpointsAndNat, noName), "internet open"],
    ["an endpoint without private DNS, and no route to the internet", stack(endpointOnly, noName), "by ssm"],
    [
      "an endpoint without private DNS, and one whose private DNS is a secret: `dns` is unknown by it",
      stack(endpointOnly, noName, more({ privateDnsEnabled: secretText })),
      "by more",
    ],
    [
      "an endpoint without private DNS, and one in a secret VPC",
      stack(endpointOnly, noName, more({ vpcId: secretText })),
      resolves("ssm", "more"),
    ],
    [
      "an endpoint without private DNS, and one of a secret service",
      stack(endpointOnly, noName, more({ serviceName: secretText })),
      resolves("ssm", "more"),
    ],
    ["NAT, and an endpoint in a secret VPC", stack(natAndGateway, more({ vpcId: secretText })), isFor("more")],
    [
      "NAT, and an endpoint of a secret service",
      stack(natAndGateway, more({ serviceName: secretText })),
      isFor("more"),
    ],
    [
      "NAT, and a gateway endpoint of a secret service",
      stack(natAndGateway, more({ serviceName: secretText, vpcEndpointType: "Gateway" })),
      "internet open",
    ],
  ];
  for (const [what, resources, expected] of cases) {
    it(`with ${what}`, () => {
      deepStrictEqual(egress(resources).ssm, expected);
    });
  }
});

describe("how a subnet reaches S3", () => {
  const gateway = (props: Readonly<Record<string, unknown>>) => stack(endpointOnly, set("s3", props));
  const other = (props: Readonly<Record<string, unknown>>) =>
    stack(
      endpointOnly,
      without("s3"),
      more({ serviceName: "com.amazonaws.eu-west-1.s3", ipAddressType: "dualstack", ...props }),
    );
  const cases: readonly (readonly [what: string, resources: readonly ExampleResource[], expected: string])[] = [
    ["a gateway endpoint", endpointOnly, "by s3"],
    [
      "a gateway endpoint of a secret service",
      gateway({ serviceName: secretText }),
      "which service the endpoint `s3` is for",
    ],
    [
      "a gateway endpoint with secret route tables",
      gateway({ routeTableIds: secretText }),
      "the route tables of the S3 gateway endpoint",
    ],
    ["an interface endpoint with dual-stack addresses", other({}), "by more"],
    ["an interface endpoint without private DNS", other({ privateDnsEnabled: false }), "internet none"],
    ["an interface endpoint with IPv4 addresses only", other({ ipAddressType: "ipv4" }), "internet none"],
    ["an interface endpoint with secret addresses", other({ ipAddressType: secretText }), resolves("s3", "more")],
    ["an interface endpoint in a secret VPC", other({ vpcId: secretText }), resolves("s3", "more")],
    [
      "an interface endpoint in a secret VPC, with IPv4 addresses only",
      other({ vpcId: secretText, ipAddressType: "ipv4" }),
      "internet none",
    ],
    ["an endpoint of a secret type", other({ vpcEndpointType: secretText }), resolves("s3", "more")],
    ["an endpoint of a secret service", other({ serviceName: secretText }), resolves("s3", "more")],
    ["a Gateway Load Balancer endpoint", other({ vpcEndpointType: "GatewayLoadBalancer" }), "internet none"],
  ];
  for (const [what, resources, expected] of cases) {
    it(`with ${what}`, () => {
      deepStrictEqual(egress(resources).s3, expected);
    });
  }
});
