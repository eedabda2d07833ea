import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { type WrongConfig, problemsOf } from "./problems";

const statements = (...all: object[]) => ({ "patchpath:endpointPolicy": { statements: all } });
const denyAll = { Sid: "DenyAll", Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };

describe("the config of endpoints", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "no interface endpoints if the agent has no other route",
      { "patchpath:endpoints": { interface: false } },
      [
        "`patchpath:endpoints.interface` is `false`; expected `true` with the topology `endpoint-only`, where the agent has no other route to Systems Manager",
      ],
    ],
    [
      "an unknown boundary",
      { "patchpath:endpointPolicy": { trustBoundary: "galaxy" } },
      [
        "`patchpath:endpointPolicy.trustBoundary` is `galaxy`; expected one of `account`, `organization`, `vpc`, `none`",
      ],
    ],
    [
      "an organization that no setting requires",
      { "patchpath:endpointPolicy": { organizationId: "o-a1b2c3d4e5" } },
      ["`patchpath:endpointPolicy.organizationId` has no effect; expected with `trustBoundary` `organization` only"],
    ],
    [
      "a statement without an effect",
      statements({ Action: "*" }),
      ["`patchpath:endpointPolicy.statements[0].Effect` is missing; expected one of `Allow`, `Deny`"],
    ],
    [
      "other clients of endpoints in a VPC that the stack creates",
      { "patchpath:endpoints": { sharedWith: "vpc" } },
      [
        "`patchpath:endpoints.sharedWith` is for an existing VPC; expected it left out, since a VPC that the stack creates has no other clients",
      ],
    ],
    [
      "invalid other clients",
      { "patchpath:endpoints": { sharedWith: "everyone" } },
      ["`patchpath:endpoints.sharedWith` is `everyone`; expected `vpc`, or a list of ids of security groups"],
    ],
    [
      "a statement for an interface endpoint that does not exist",
      { "patchpath:endpoints": { statements: { logs: [{ Effect: "Allow", Principal: "*", Action: "logs:*" }] } } },
      ["`patchpath:endpoints.statements.logs[0].Resource` is missing; expected `Resource` or `NotResource`"],
    ],
    [
      "central endpoints without a route, in the VPC's own CIDR block",
      { "patchpath:endpoints": { central: { cidrBlocks: ["10.20.1.0/24"] } } },
      [
        "`patchpath:endpoints.central` has neither `transitGatewayId` nor `peerVpcId`; expected exactly one of them, by which the VPC that the stack creates reaches the hub",
        "`patchpath:endpoints.central.cidrBlocks[0]` is `10.20.1.0/24`; expected a block apart from `patchpath:network.cidrBlock`, which is `10.20.0.0/16`",
      ],
    ],
    [
      "central endpoints in half of the internet, with an invalid ID",
      { "patchpath:endpoints": { central: { cidrBlocks: ["0.0.0.0/1"], transitGatewayId: "main" } } },
      [
        "`patchpath:endpoints.central.cidrBlocks[0]` is `0.0.0.0/1`; expected the network address of an IPv4 block of /16 or smaller, such as `10.0.0.0/24`",
        "`patchpath:endpoints.central.transitGatewayId` is `main`; expected an id, such as `tgw-0123456789abcdef0`",
      ],
    ],
    [
      "a route to central endpoints from an existing network",
      {
        "patchpath:network": { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] },
        "patchpath:endpoints": { central: { cidrBlocks: ["10.99.0.0/24"], peerVpcId: "vpc-0123456789abcdef1" } },
      },
      [
        "`patchpath:endpoints.central.peerVpcId` is for a VPC that the stack creates; expected it left out, since an existing network has its own routes",
      ],
    ],
    [
      "a CIDR block of central endpoints twice, and a part of it",
      {
        "patchpath:endpoints": {
          central: {
            cidrBlocks: ["10.99.0.0/24", "10.99.0.0/24", "10.99.0.128/25"],
            transitGatewayId: "tgw-0123456789abcdef0",
          },
        },
      },
      [
        "`patchpath:endpoints.central.cidrBlocks[1]` is `10.99.0.0/24`; expected a block apart from `cidrBlocks[0]`, which is `10.99.0.0/24`",
        "`patchpath:endpoints.central.cidrBlocks[2]` is `10.99.0.128/25`; expected a block apart from `cidrBlocks[0]`, which is `10.99.0.0/24`",
      ],
    ],
    [
      "a hosted zone for a service that is not central, and central endpoints without any endpoints",
      {
        "patchpath:topology": "nat",
        "patchpath:endpoints": {
          interface: false,
          central: {
            cidrBlocks: ["10.99.0.0/24"],
            services: ["ssm"],
            hostedZoneIds: { logs: "Z0123456789ABCDEFGHIJ" },
            transitGatewayId: "tgw-0123456789abcdef0",
          },
        },
      },
      [
        "`patchpath:endpoints.central` has no effect with `interface` `false`; expected one of the two left out",
        "`patchpath:endpoints.central.hostedZoneIds.logs` is for a service that `services` does not name; expected the service there too",
      ],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("rejects statements that deny what patching reads, and says which and why", () => {
    const problems = problemsOf(statements(denyAll));
    strictEqual(problems.length, 4);
    match(problems[0]!, /^`patchpath:endpointPolicy\.statements` block the unsigned reads of amazon-linux-2: /);
    match(problems[0]!, /`?statements\[0\] \(DenyAll\)/);
  });

  it("rejects a statement that AWS would reject, with its place in the config", () => {
    const [problem = ""] = problemsOf(statements({ ...denyAll, Effect: "Allow", Acton: "*" }));
    match(problem, /^`patchpath:endpointPolicy\.statements\[0\]\.Acton` /);
  });

  it("rejects statements that make the policy larger than AWS allows", () => {
    const Resource = Array.from({ length: 1000 }, (_, i) => `arn:aws:s3:::my-bucket-number-${i}/*`);
    const [problem = ""] = problemsOf(statements({ ...denyAll, Effect: "Allow", Resource }));
    match(
      problem,
      /^`patchpath:endpointPolicy\.statements` make a policy of \d{5} characters; expected at most 20480$/,
    );
  });

  it("accepts statements that do not affect what patching reads", () => {
    const own = { ...denyAll, Sid: "DenyMine", Resource: "arn:aws:s3:::my-bucket/*" };
    deepStrictEqual(problemsOf(statements(own)), []);
  });
});
