import { deepStrictEqual, throws } from "node:assert/strict";
import { readConfig } from "../config";
import { ConfigError } from "../config/config-error";
import { type WrongConfig, configWith, fleet, problemsOf } from "./config/problems";

describe("the stack config", () => {
  it("requires only a region and the fleets", () => {
    const { prices: _, wsus: _wsus, remediation: _remediation, ...config } = readConfig(configWith({}));
    deepStrictEqual(config, {
      choice: undefined,
      warnings: [],
      optionalServices: ["logs"],
      region: "ap-northeast-1",
      topology: "endpoint-only",
      network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2, natGateways: "per-zone", dualStack: false },
      fleets: [
        {
          ...fleet,
          size: { min: 1, max: 1 },
          instanceType: "t3.micro",
          repositories: [],
          managedPolicies: [],
          replaceUnhealthy: true,
          instanceRefresh: false,
          tags: {},
        },
      ],
      endpointPolicy: { trustBoundary: "account", unconfirmedBuckets: "refuse", serviceBuckets: [], statements: [] },
      endpoints: { interface: true, ec2messages: false, vss: false, statements: {} },
      instanceRole: { permissions: "AmazonSSMManagedInstanceCore" },
      sessions: { logGroup: true, encrypted: false },
      baselines: [],
      monitoring: { repositoryCheck: true, staleDays: 35, emails: [], dashboard: false, inventory: false },
      traffic: { natGateway: 0, interfaceEndpoints: 0 },
      patching: {
        method: "maintenance-window",
        operation: "Install",
        schedule: "cron(0 18 ? * SUN *)",
        timezone: "Etc/UTC",
        windows: [],
        duration: 3,
        cutoff: 1,
        maxConcurrency: "50%",
        maxErrors: "1",
        rebootOption: "RebootIfNeeded",
        agentUpdates: false,
        output: { s3: false, cloudWatch: false, forceDestroy: false, versioning: false },
      },
    });
  });

  it("accepts a region with unconfirmed bucket names if configured", () => {
    const endpointPolicy = { unconfirmedBuckets: "admit-by-pattern" };
    deepStrictEqual(problemsOf({ "aws:region": "cn-north-1", "patchpath:endpointPolicy": endpointPolicy }), []);
  });

  it("requires the endpoint of every feature in use, each once, so that those of an existing network are looked up", () => {
    const services = (values: object) => readConfig(configWith({ ...values })).optionalServices;
    const output = { "patchpath:patching": { output: { cloudWatch: true } } };
    deepStrictEqual(services({ ...output, "patchpath:sessions": { logGroup: false } }), ["logs"]);
    deepStrictEqual(services({ ...output, "patchpath:endpoints": { vss: true, ec2messages: true } }), [
      "ec2messages",
      "ec2",
      "logs",
    ]);
  });

  it("is ignored in other namespaces", () => {
    deepStrictEqual(problemsOf({ "aws:profile": "dev", "other:topology": "star" }), []);
  });

  const wrong: readonly WrongConfig[] = [
    ["no region", { "aws:region": undefined }, ["`aws:region` is missing; run `pulumi config set aws:region REGION`"]],
    [
      "a region with unconfirmed bucket names",
      { "aws:region": "us-gov-west-1" },
      [
        "`aws:region` is `us-gov-west-1`; the names of AWS's buckets there are unconfirmed; expected another region, or `patchpath:endpointPolicy.unconfirmedBuckets` `admit-by-pattern`, which allows reads of any bucket whose name looks like theirs",
      ],
    ],
    ["no fleets", { "patchpath:fleets": undefined }, ["`patchpath:fleets` is missing; expected a list"]],
    [
      "an empty list of fleets",
      { "patchpath:fleets": [] },
      ["`patchpath:fleets` is `[]`; expected at least 1 element"],
    ],
    [
      "an unknown topology",
      { "patchpath:topology": "star" },
      ["`patchpath:topology` is `star`; expected one of `endpoint-only`, `nat`, `wsus`, `auto`"],
    ],
    [
      "a topology named like a property of every object",
      { "patchpath:topology": "constructor" },
      ["`patchpath:topology` is `constructor`; expected one of `endpoint-only`, `nat`, `wsus`, `auto`"],
    ],
    [
      "a key named like a property of every object",
      { "patchpath:constructor": "x" },
      ["`patchpath:constructor` is not a key of this config"],
    ],
    [
      "a misspelt key",
      { "patchpath:topolgy": "endpoint-only" },
      ["`patchpath:topolgy` is not a key of this config; did you mean `topology`?"],
    ],
    [
      "a misspelled key in an object",
      { "patchpath:network": { cidr: "10.0.0.0/16" } },
      ["`patchpath:network.cidr` is not a key of this config; did you mean `cidrBlock`?"],
    ],
    [
      "text instead of an object",
      { "patchpath:network": "10.0.0.0/16" },
      ["`patchpath:network` is `10.0.0.0/16`; expected an object"],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("reports all errors at once", () => {
    const problems = problemsOf({
      "patchpath:topology": "star",
      "patchpath:fleets": [
        fleet,
        fleet,
        { ...fleet, name: "x", operatingSystem: "ubuntu-24.04", imageId: "x", size: "many" },
      ],
      "patchpath:patching": { cutoff: 5 },
    });
    deepStrictEqual(
      problems.map((problem) => problem.split("`")[1]),
      [
        "patchpath:topology",
        "patchpath:fleets[2].size",
        "patchpath:fleets[2].imageId",
        "patchpath:patching.cutoff",
        "patchpath:fleets[1].name",
      ],
    );
  });

  it("fails with its own type of error, which the program shows without a stack trace", () => {
    throws(() => readConfig({}), ConfigError);
  });
});
