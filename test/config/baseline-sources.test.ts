import { deepStrictEqual } from "node:assert/strict";
import { type WrongConfig, fleet, problemsOf } from "./problems";

const baselines = (...all: object[]) => ({ "patchpath:baselines": all });
const linux = { operatingSystem: "AMAZON_LINUX_2023" };
const source = {
  name: "ours",
  products: ["AmazonLinux2023"],
  configuration: "[ours]\nname=ours\nbaseurl=https://packages.example.com/al2023\nenabled=1",
};
const nat = { "patchpath:topology": "nat" };
const inS3 = (address: string, option = "baseurl") =>
  baselines({ ...linux, sources: [{ ...source, configuration: `[ours]\nname=ours\n${option}=${address}` }] });
const admitting = (...statements: object[]) => ({ "patchpath:endpointPolicy": { statements } });
const admitOurs = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::ours/al2023/*",
};

describe("the config of a baseline's sources", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "a source that is not a repository configuration",
      { ...nat, ...baselines({ ...linux, sources: [{ ...source, configuration: "packages.example.com" }] }) },
      [
        "`patchpath:baselines[0].sources[0].configuration` is `packages.example.com`; expected a section of yum's configuration or a `deb` line, at most 1024 characters",
      ],
    ],
    [
      "a source for a product without a name",
      {
        ...nat,
        "patchpath:fleets": [{ ...fleet, subnets: "private" }],
        ...baselines({ ...linux, sources: [{ ...source, products: [""] }] }),
      },
      ["`patchpath:baselines[0].sources[0].products[0]` is ``; expected the name of a product, 1 to 128 characters"],
    ],
    [
      "a source on the internet without a route to it",
      baselines({ ...linux, sources: [source] }),
      [
        "`patchpath:baselines[0].sources[0].configuration` names `packages.example.com`, which the fleet `web` does not reach; expected the topology `nat` and that fleet with `subnets: private`, or a source in S3 in `ap-northeast-1`",
      ],
    ],
    [
      "a source on the internet with NAT, for a fleet in isolated subnets",
      { ...nat, ...baselines({ ...linux, sources: [source] }) },
      [
        "`patchpath:baselines[0].sources[0].configuration` names `packages.example.com`, which the fleet `web` does not reach; expected the topology `nat` and that fleet with `subnets: private`, or a source in S3 in `ap-northeast-1`",
      ],
    ],
    [
      "a source on the internet behind WSUS",
      {
        "patchpath:topology": "wsus",
        "patchpath:fleets": [
          { ...fleet, subnets: "private" },
          { name: "files", operatingSystem: "windows-server-2022" },
        ],
        ...baselines({ ...linux, sources: [source] }),
      },
      [
        "`patchpath:baselines[0].sources[0].configuration` names `packages.example.com`, which the fleet `web` does not reach; expected the topology `nat` and that fleet with `subnets: private`, or a source in S3 in `ap-northeast-1`",
      ],
    ],
    [
      "a source in S3 that the endpoint policy allows only for signed requests",
      inS3("https://ours.s3.ap-northeast-1.amazonaws.com/al2023/$basearch/"),
      [
        '`patchpath:baselines[0].sources[0].configuration` names `https://ours.s3.ap-northeast-1.amazonaws.com/al2023/$basearch/`, which package managers read unsigned, and the S3 endpoint\'s policy denies that: no statement allows an unsigned read of `arn:aws:s3:::ours/al2023//`; expected `patchpath:endpointPolicy.statements` to have {"Sid":"AllowUnsignedReadsOfSource","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::ours/al2023/*/*"}',
      ],
    ],
    [
      "a source in S3 with NAT, because the gateway endpoint carries the requests nevertheless",
      { ...nat, ...inS3("https://s3.dualstack.$awsregion.$awsdomain/ours/al2023") },
      [
        '`patchpath:baselines[0].sources[0].configuration` names `https://s3.dualstack.ap-northeast-1.amazonaws.com/ours/al2023`, which package managers read unsigned, and the S3 endpoint\'s policy denies that: no statement allows an unsigned read of `arn:aws:s3:::ours/al2023/`; expected `patchpath:endpointPolicy.statements` to have {"Sid":"AllowUnsignedReadsOfSource","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::ours/al2023/*"}',
      ],
    ],
    [
      "a source in S3 whose packages the statement does not include",
      {
        ...inS3("https://ours.s3-ap-northeast-1.amazonaws.com/al2023"),
        ...admitting({ ...admitOurs, Resource: "arn:aws:s3:::ours/al2023/repodata/*" }),
      },
      [
        '`patchpath:baselines[0].sources[0].configuration` names `https://ours.s3-ap-northeast-1.amazonaws.com/al2023`, which package managers read unsigned, and the S3 endpoint\'s policy denies that: no statement allows an unsigned read of `arn:aws:s3:::ours/al2023/`; expected `patchpath:endpointPolicy.statements` to have {"Sid":"AllowUnsignedReadsOfSource","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::ours/al2023/*"}',
      ],
    ],
    [
      "a source in S3 over HTTP that is allowed only with TLS",
      {
        ...inS3("http://ours.s3.ap-northeast-1.amazonaws.com/al2023"),
        ...admitting({ ...admitOurs, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      },
      [
        '`patchpath:baselines[0].sources[0].configuration` names `http://ours.s3.ap-northeast-1.amazonaws.com/al2023`, which package managers read unsigned, and the S3 endpoint\'s policy denies that: no statement allows s3:GetObject on `arn:aws:s3:::ours/al2023/`; statements[0] requires `Bool` `aws:SecureTransport` `true`, and an unsigned request has `false`; expected `patchpath:endpointPolicy.statements` to have {"Sid":"AllowUnsignedReadsOfSource","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::ours/al2023/*"}',
      ],
    ],
    [
      "a source in S3 that a statement denies",
      {
        ...inS3("https://ours.s3.ap-northeast-1.amazonaws.com/al2023"),
        ...admitting(admitOurs, { ...admitOurs, Sid: "DenyOurs", Effect: "Deny" }),
      },
      [
        "`patchpath:baselines[0].sources[0].configuration` names `https://ours.s3.ap-northeast-1.amazonaws.com/al2023`, which package managers read unsigned, and the S3 endpoint's policy denies that: statements[1] (DenyOurs) denies s3:GetObject on `arn:aws:s3:::ours/al2023/`; expected no Deny of unsigned reads there",
      ],
    ],
    [
      "a mirror list in S3, one object",
      inS3("https://ours.s3.ap-northeast-1.amazonaws.com/al2023/mirror.list", "mirrorlist"),
      [
        '`patchpath:baselines[0].sources[0].configuration` names `https://ours.s3.ap-northeast-1.amazonaws.com/al2023/mirror.list`, which package managers read unsigned, and the S3 endpoint\'s policy denies that: no statement allows an unsigned read of `arn:aws:s3:::ours/al2023/mirror.list`; expected `patchpath:endpointPolicy.statements` to have {"Sid":"AllowUnsignedReadsOfSource","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::ours/al2023/mirror.list"}',
      ],
    ],
    [
      "a source in S3 in another region, which the endpoint does not serve",
      inS3("https://ours.s3.eu-west-1.amazonaws.com/al2023"),
      [
        "`patchpath:baselines[0].sources[0].configuration` names `ours.s3.eu-west-1.amazonaws.com`, S3 in another region, which the fleet `web` does not reach; expected the topology `nat` and that fleet with `subnets: private`, or a source in S3 in `ap-northeast-1`",
      ],
    ],
    [
      "a source in S3 with a name without a region, which is that of us-east-1",
      inS3("https://ours.s3.amazonaws.com/al2023"),
      [
        "`patchpath:baselines[0].sources[0].configuration` names `ours.s3.amazonaws.com`, S3 in another region, which the fleet `web` does not reach; expected the topology `nat` and that fleet with `subnets: private`, or a source in S3 in `ap-northeast-1`",
      ],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  for (const [name, values] of [
    [
      "a source on the internet through NAT",
      { ...nat, "patchpath:fleets": [{ ...fleet, subnets: "private" }], ...baselines({ ...linux, sources: [source] }) },
    ],
    [
      "a source in S3 that the endpoint policy allows for unsigned requests",
      { ...inS3("https://ours.s3.ap-northeast-1.amazonaws.com/al2023/$basearch/"), ...admitting(admitOurs) },
    ],
    [
      "a mirror list in S3 that is allowed",
      {
        ...inS3("https://ours.s3.ap-northeast-1.amazonaws.com/lists/al2023.list?v=1", "mirrorlist"),
        ...admitting({ ...admitOurs, Resource: "arn:aws:s3:::ours/lists/al2023.list" }),
      },
    ],
    [
      "a source in S3 behind an endpoint without a boundary",
      {
        ...inS3("https://ours.s3.ap-northeast-1.amazonaws.com/al2023"),
        "patchpath:endpointPolicy": { trustBoundary: "none" },
      },
    ],
    [
      "a source in S3 that cannot be decided before the VPC exists",
      {
        ...inS3("https://ours.s3.ap-northeast-1.amazonaws.com/al2023"),
        "patchpath:endpointPolicy": { trustBoundary: "vpc" },
      },
    ],
    [
      "a source in S3 for a network whose endpoint is not known yet",
      {
        ...inS3("https://ours.s3.ap-northeast-1.amazonaws.com/al2023"),
        "patchpath:network": { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] },
      },
    ],
    [
      "a source in S3 and addresses that are not read: in comments, and that of a proxy",
      {
        ...inS3(
          "https://ours.s3.ap-northeast-1.amazonaws.com/al2023\n#baseurl=https://mirror.example.com/al2023\n ; https://x.example.com\nproxy=http://proxy.example.com:3128",
        ),
        ...admitting(admitOurs),
      },
    ],
    [
      "a source for an operating system that no fleet has",
      baselines({
        operatingSystem: "UBUNTU",
        sources: [{ ...source, configuration: "deb https://packages.example.com/ubuntu noble main" }],
      }),
    ],
  ] as const) {
    it(`accepts ${name}`, () => {
      deepStrictEqual(problemsOf(values), []);
    });
  }
});
