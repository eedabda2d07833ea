import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { type WrongConfig, problemsOf } from "./problems";

const statements = (...all: object[]) => ({ "patchpath:endpointPolicy": { statements: all } });
const denyAll = { Sid: "DenyAll", Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };

describe("the config of endpoints", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "no interface endpoints where the agent has no other way",
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
      "an organization that nothing asks for",
      { "patchpath:endpointPolicy": { organizationId: "o-a1b2c3d4e5" } },
      ["`patchpath:endpointPolicy.organizationId` has no effect; expected with `trustBoundary` `organization` only"],
    ],
    [
      "a statement without an effect",
      statements({ Action: "*" }),
      ["`patchpath:endpointPolicy.statements[0].Effect` is missing; expected one of `Allow`, `Deny`"],
    ],
    [
      "other clients of endpoints in a VPC of ours",
      { "patchpath:endpoints": { sharedWith: "vpc" } },
      [
        "`patchpath:endpoints.sharedWith` is for an existing VPC; expected it left out, since a VPC that the stack creates has no other clients",
      ],
    ],
    [
      "other clients that are none",
      { "patchpath:endpoints": { sharedWith: "everyone" } },
      ["`patchpath:endpoints.sharedWith` is `everyone`; expected `vpc`, or a list of ids of security groups"],
    ],
    [
      "a statement for an interface endpoint that is none",
      { "patchpath:endpoints": { statements: { logs: [{ Effect: "Allow", Principal: "*", Action: "logs:*" }] } } },
      ["`patchpath:endpoints.statements.logs[0].Resource` is missing; expected `Resource` or `NotResource`"],
    ],
    [
      "central endpoints that nothing leads to, in the VPC's own block",
      { "patchpath:endpoints": { central: { cidrBlocks: ["10.20.1.0/24"] } } },
      [
        "`patchpath:endpoints.central` has neither `transitGatewayId` nor `peerVpcId`; expected exactly one of them, by which the VPC that the stack creates reaches the hub",
        "`patchpath:endpoints.central.cidrBlocks[0]` is `10.20.1.0/24`; expected a block apart from `patchpath:network.cidrBlock`, which is `10.20.0.0/16`",
      ],
    ],
    [
      "central endpoints in half of the internet, by an id that is none",
      { "patchpath:endpoints": { central: { cidrBlocks: ["0.0.0.0/1"], transitGatewayId: "main" } } },
      [
        "`patchpath:endpoints.central.cidrBlocks[0]` is `0.0.0.0/1`; expected the network address of an IPv4 block of /16 or smaller, such as `10.0.0.0/24`",
        "`patchpath:endpoints.central.transitGatewayId` is `main`; expected an id, such as `tgw-0123456789abcdef0`",
      ],
    ],
    [
      "a way to central endpoints from a network that is there",
      {
        "patchpath:network": { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] },
        "patchpath:endpoints": { central: { cidrBlocks: ["10.99.0.0/24"], peerVpcId: "vpc-0123456789abcdef1" } },
      },
      [
        "`patchpath:endpoints.central.peerVpcId` is for a VPC that the stack creates; expected it left out, since an existing network has its own routes",
      ],
    ],
    [
      "one block of central endpoints twice, and a part of it",
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
      "a zone of a service that is not central, and central endpoints where there are none at all",
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
    it(`refuses ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("refuses statements that shut out what patching reads, and says which and by what", () => {
    const problems = problemsOf(statements(denyAll));
    strictEqual(problems.length, 4);
    match(problems[0]!, /^`patchpath:endpointPolicy\.statements` block the unsigned reads of amazon-linux-2: /);
    match(problems[0]!, /`?statements\[0\] \(DenyAll\)/);
  });

  it("refuses a statement that AWS would, by its place in the config", () => {
    const [problem = ""] = problemsOf(statements({ ...denyAll, Effect: "Allow", Acton: "*" }));
    match(problem, /^`patchpath:endpointPolicy\.statements\[0\]\.Acton` /);
  });

  it("refuses statements that make the policy larger than AWS takes", () => {
    const Resource = Array.from({ length: 1000 }, (_, i) => `arn:aws:s3:::my-bucket-number-${i}/*`);
    const [problem = ""] = problemsOf(statements({ ...denyAll, Effect: "Allow", Resource }));
    match(
      problem,
      /^`patchpath:endpointPolicy\.statements` make a policy of \d{5} characters; expected at most 20480$/,
    );
  });

  it("takes statements that leave what patching reads alone", () => {
    const own = { ...denyAll, Sid: "DenyMine", Resource: "arn:aws:s3:::my-bucket/*" };
    deepStrictEqual(problemsOf(statements(own)), []);
  });
});
