import { deepStrictEqual } from "node:assert/strict";
import { type ExistingNetwork, s3EndpointPolicy } from "@patchpath/components";
import { readConfig } from "../../config";
import { type Required, checkExistingNetwork } from "../../config/existing-network";
import { found, vpcId } from "./found-network";
import { type WrongConfig, configWith, problemsOf } from "./problems";

const account = { boundary: "account", accountId: "123456789012" } as const;

const stack = (values: object = {}) => readConfig(configWith({ "aws:region": "eu-west-1", ...values }));
const required: Required = {
  ...stack(),
  endpoints: { interface: true, sharedWith: [] },
  optionalServices: [],
  wsus: {},
};
const serverSubnet = {
  id: "subnet-2",
  vpcId,
  zone: "eu-west-1a",
  routeTable: { id: "rtb-2", vpcId, defaultRoute: "nat-1", routes: [] },
};
const withCentral: Required = {
  ...required,
  endpoints: { interface: true, central: { cidrBlocks: ["10.99.0.0/24"], services: ["ssm", "ssmmessages"] } },
};
const routedTo = (cidrBlock: string, target: string): ExistingNetwork => ({
  ...found,
  routeTables: [{ id: "rtb-1", vpcId, defaultRoute: undefined, routes: [{ cidrBlock, target }] }],
});
const noRoute =
  "`patchpath:network.routeTableIds`: rtb-1 has no route to `10.99.0.0/24` of `patchpath:endpoints.central`; expected one to a transit gateway or a VPC peering connection, which is not added to an existing network";
const withPolicy = (policy: unknown): ExistingNetwork => ({
  ...found,
  endpoints: {
    s3: { id: "vpce-1", policy: JSON.stringify(policy), prefixListId: "pl-1", routeTableIds: ["rtb-1"] },
    interfaces: {},
  },
});

describe("the config of an existing network", () => {
  it("is three lists of IDs; the route tables can be looked up", () => {
    const network = { vpcId, subnetIds: ["subnet-0123456789abcdef0"] };
    deepStrictEqual(readConfig(configWith({ "patchpath:network": network })).network, network);
  });

  const wrong: readonly WrongConfig[] = [
    [
      "an invalid ID",
      { "patchpath:network": { vpcId: "main", subnetIds: ["subnet-0123456789abcdef0"] } },
      ["`patchpath:network.vpcId` is `main`; expected an id, such as `vpc-0123456789abcdef0`"],
    ],
    ["no subnets", { "patchpath:network": { vpcId } }, ["`patchpath:network.subnetIds` is missing; expected a list"]],
    [
      "subnets without a VPC",
      { "patchpath:network": { subnetIds: ["subnet-0123456789abcdef0"] } },
      ["`patchpath:network.subnetIds` is for an existing VPC; expected `vpcId` too, or it left out"],
    ],
    [
      "settings for a network that the stack creates",
      { "patchpath:network": { vpcId, subnetIds: ["subnet-0123456789abcdef0"], cidrBlock: "10.0.0.0/16" } },
      ["`patchpath:network.cidrBlock` is for a VPC that the stack creates; expected it left out with `vpcId`"],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }
});

/** The policy of the S3 endpoint that the stack creates allows it only for signed requests. */
const sources = [
  {
    name: "ours",
    products: ["AmazonLinux2023"],
    configuration: "[ours]\nbaseurl=https://ours.s3.eu-west-1.amazonaws.com/al2023",
  },
];
const fromS3: Required = {
  ...required,
  baselines: stack({
    "patchpath:endpointPolicy": { trustBoundary: "none" },
    "patchpath:baselines": [{ operatingSystem: "AMAZON_LINUX_2023", sources }],
  }).baselines,
};
const admitOurs = {
  Sid: "AllowOurs",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::ours/al2023/*",
} as const;

describe("an existing network that is looked up", () => {
  const cases: readonly [name: string, network: ExistingNetwork, required: Required, problems: readonly string[]][] = [
    ["is accepted if it has what is required", found, required, []],
    [
      "is accepted with an endpoint that allows what patching reads",
      withPolicy(s3EndpointPolicy("eu-west-1", account)),
      required,
      [],
    ],
    [
      "is rejected without DNS",
      { ...found, dnsSupport: false, dnsHostnames: false },
      required,
      [
        `\`patchpath:network.vpcId\`: ${vpcId} has \`enableDnsSupport\` and \`enableDnsHostnames\` off; expected both on, which private endpoint names require`,
      ],
    ],
    [
      "is accepted without DNS hostnames if no endpoint has private DNS",
      { ...found, dnsHostnames: false },
      { ...required, topology: "nat", endpoints: { interface: false } },
      [],
    ],
    [
      "is rejected with a subnet of another VPC",
      { ...found, subnets: [{ id: "subnet-9", vpcId: "vpc-9", zone: "eu-west-1a" }] },
      required,
      [`\`patchpath:network.subnetIds[0]\`: subnet-9 is in vpc-9; expected one of \`vpcId\`, which is ${vpcId}`],
    ],
    [
      "is rejected for nat without a default route",
      { ...found, routeTables: [{ id: "rtb-1", vpcId, defaultRoute: undefined, routes: [] }] },
      { ...required, topology: "nat" },
      [
        "`patchpath:network.routeTableIds`: rtb-1 has no default route; expected one to a NAT gateway, which the topology `nat` requires and does not add to an existing network",
      ],
    ],
    [
      "is rejected for nat in public subnets",
      { ...found, routeTables: [{ id: "rtb-1", vpcId, defaultRoute: "igw-1", routes: [] }] },
      { ...required, topology: "nat" },
      [
        "`patchpath:network.routeTableIds`: rtb-1 has a default route to igw-1; expected one to a NAT gateway, which the topology `nat` requires and does not add to an existing network",
      ],
    ],
    [
      "is rejected with an endpoint whose policy denies the source of a baseline",
      withPolicy(s3EndpointPolicy("eu-west-1", account)),
      fromS3,
      [
        '`patchpath:baselines[0].sources[0].configuration` names `https://ours.s3.eu-west-1.amazonaws.com/al2023`, which package managers read unsigned, and the policy of the existing endpoint vpce-1 denies that: no statement allows s3:GetObject on `arn:aws:s3:::ours/al2023/`; Statement[0] (AllowAccountPrincipals) requires `StringEquals` `aws:PrincipalAccount` `123456789012`, and an unsigned request has `anonymous`; expected it to have {"Sid":"AllowUnsignedReadsOfSource","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::ours/al2023/*"}',
      ],
    ],
    [
      "is accepted with an endpoint whose policy allows the source from this VPC",
      withPolicy(
        s3EndpointPolicy("eu-west-1", account, [
          { ...admitOurs, Condition: { StringEquals: { "aws:SourceVpc": vpcId } } },
        ]),
      ),
      fromS3,
      [],
    ],
    [
      "is rejected without an endpoint if that of the stack would deny the source of a baseline",
      found,
      fromS3,
      [
        '`patchpath:baselines[0].sources[0].configuration` names `https://ours.s3.eu-west-1.amazonaws.com/al2023`, which package managers read unsigned, and the S3 endpoint\'s policy denies that: no statement allows an unsigned read of `arn:aws:s3:::ours/al2023/`; expected `patchpath:endpointPolicy.statements` to have {"Sid":"AllowUnsignedReadsOfSource","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::ours/al2023/*"}',
      ],
    ],
    [
      "is accepted without an endpoint if that of the stack will allow the source of a baseline",
      found,
      { ...fromS3, endpointPolicy: stack({ "patchpath:endpointPolicy": { statements: [admitOurs] } }).endpointPolicy },
      [],
    ],
    [
      "is accepted with a subnet for a WSUS server that has a default route",
      { ...found, serverSubnet },
      { ...required, topology: "wsus" },
      [],
    ],
    [
      "is rejected with a subnet for a WSUS server that has no default route",
      {
        ...found,
        serverSubnet: { ...serverSubnet, routeTable: { ...serverSubnet.routeTable, defaultRoute: undefined } },
      },
      { ...required, topology: "wsus" },
      [
        "`patchpath:wsus.subnetId`: subnet-2 has no default route in rtb-2; expected a subnet with one to a NAT gateway, by which the WSUS server reaches Microsoft Update",
      ],
    ],
    [
      "is rejected with a public subnet for a WSUS server, which has no public IP address",
      {
        ...found,
        serverSubnet: { ...serverSubnet, routeTable: { ...serverSubnet.routeTable, defaultRoute: "igw-1" } },
      },
      { ...required, topology: "wsus" },
      [
        "`patchpath:wsus.subnetId`: subnet-2 has a default route to igw-1 in rtb-2; expected a subnet with one to a NAT gateway, by which the WSUS server reaches Microsoft Update",
      ],
    ],
    [
      "is rejected with a WSUS server in another VPC",
      { ...found, serverSubnet: { ...serverSubnet, vpcId: "vpc-9" } },
      { ...required, topology: "wsus" },
      [
        `\`patchpath:wsus.subnetId\`: subnet-2 is in vpc-9; expected a subnet of \`patchpath:network.vpcId\`, which is ${vpcId}`,
      ],
    ],
    [
      "is rejected with an interface endpoint without private DNS",
      {
        ...found,
        endpoints: { s3: undefined, interfaces: { ssm: { id: "vpce-2", privateDns: false, securityGroupIds: [] } } },
      },
      required,
      ["vpce-2, the existing endpoint for ssm, has private DNS off; expected it on"],
    ],
    [
      "is rejected if endpoints would change names for everything in it, and the clients are not configured",
      found,
      { ...required, endpoints: { interface: true }, optionalServices: ["logs"] },
      [
        `\`patchpath:endpoints.sharedWith\` is missing: the stack creates endpoints for \`ssm\`, \`ssmmessages\`, \`logs\` in ${vpcId}, and their private DNS names apply to everything there; expected \`vpc\`, or a list of the security groups that may use them in addition to the fleets, which may be empty`,
      ],
    ],
    [
      "is accepted if it has all endpoints",
      {
        ...found,
        endpoints: {
          s3: undefined,
          interfaces: Object.fromEntries(
            ["ssm", "ssmmessages"].map((service) => [
              service,
              { id: "vpce-1", privateDns: true, securityGroupIds: [] },
            ]),
          ),
        },
      },
      { ...required, endpoints: { interface: true } },
      [],
    ],
    ["is accepted with a route to central endpoints", routedTo("10.0.0.0/8", "tgw-1"), withCentral, []],
    ["is rejected without a route to central endpoints", found, withCentral, [noRoute]],
    [
      "is rejected with a route to central endpoints that a more specific one overrides",
      {
        ...found,
        routeTables: [
          {
            id: "rtb-1",
            vpcId,
            defaultRoute: "tgw-1",
            routes: [
              { cidrBlock: "0.0.0.0/0", target: "tgw-1" },
              { cidrBlock: "10.99.0.0/16", target: "vgw-1" },
            ],
          },
        ],
      },
      withCentral,
      [noRoute],
    ],
    [
      "is rejected with a WSUS server's subnet without a route to central endpoints",
      { ...routedTo("10.99.0.0/24", "tgw-1"), serverSubnet },
      { ...withCentral, topology: "wsus" },
      [noRoute.replace("rtb-1", "rtb-2")],
    ],
    [
      "is rejected with a route to only a part of their CIDR block",
      routedTo("10.99.0.0/25", "pcx-1"),
      withCentral,
      [noRoute],
    ],
    [
      "is rejected with a route to their CIDR block that targets the internet",
      routedTo("0.0.0.0/0", "nat-1"),
      withCentral,
      [noRoute],
    ],
    [
      "is rejected with its own endpoint for a central service",
      {
        ...routedTo("10.99.0.0/24", "tgw-1"),
        endpoints: { s3: undefined, interfaces: { ssm: { id: "vpce-2", privateDns: true, securityGroupIds: [] } } },
      },
      withCentral,
      ["vpce-2 is an endpoint for ssm in this VPC; expected `patchpath:endpoints.central.services` without ssm"],
    ],
  ];
  for (const [name, network, asked, problems] of cases) {
    it(name, () => {
      deepStrictEqual(checkExistingNetwork(network, asked), problems);
    });
  }

  it("is rejected with an endpoint policy that denies the reads of dnf and yum", () => {
    const [statement] = s3EndpointPolicy("eu-west-1", account).Statement;
    const problems = checkExistingNetwork(withPolicy({ Version: "2012-10-17", Statement: [statement] }), required);
    deepStrictEqual(
      problems.map((problem) => problem.slice(0, problem.indexOf(":"))),
      [
        "the policy of the existing endpoint vpce-1 denies the unsigned reads of amazon-linux-2",
        "the policy of the existing endpoint vpce-1 denies the unsigned reads of amazon-linux-2023",
      ],
    );
  });
});
