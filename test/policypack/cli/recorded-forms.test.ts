import { deepStrictEqual, notDeepStrictEqual, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import type { PathReport } from "../../../policypack/report/path-report";
import type { ExampleResource } from "../rules/analyze";
import { aws, endpointOnly, images, plus, set, stack, without } from "../path/traps/bases";
import { reportOnStates as pathReportOn, stateOf } from "../report/stack-files";

/**
 * What the classic provider writes for properties that a program does not set, as states that were recorded from it have
 * them: those in https://github.com/pulumi/pulumi-eks, tests/testdata/recorded at 7bf0c1b, read 2026-11-28.
 */
const unsetForms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "aws:autoscaling/group:Group": {
    launchConfiguration: "",
    launchTemplate: null,
    mixedInstancesPolicy: null,
    namePrefix: "",
    tags: [],
    warmPool: null,
  },
  "aws:ec2/instance:Instance": {
    associatePublicIpAddress: false,
    iamInstanceProfile: "",
    hostId: "",
    keyName: "",
    launchTemplate: null,
    userDataBase64: "",
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    iamInstanceProfile: "",
    keyName: "",
    metadataOptions: null,
    securityGroups: [],
    userDataBase64: "",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    iamInstanceProfile: { arn: "", name: "" },
    metadataOptions: null,
    networkInterfaces: [],
    tagSpecifications: [],
    userData: "",
    vpcSecurityGroupIds: [],
  },
  "aws:ec2/routeTable:RouteTable": { propagatingVgws: [], routes: [] },
  "aws:ec2/subnet:Subnet": { customerOwnedIpv4Pool: "", ipv6CidrBlock: "", outpostArn: "" },
  "aws:ec2/vpc:Vpc": { ipv4IpamPoolId: null, ipv6CidrBlock: "", ipv6IpamPoolId: "" },
  "aws:iam/instanceProfile:InstanceProfile": { namePrefix: "" },
  "aws:iam/role:Role": { inlinePolicies: [], managedPolicyArns: [], permissionsBoundary: "" },
};

const reportOnStates = (state: object) => JSON.parse(JSON.stringify(pathReportOn(state))) as PathReport;

type State = ReturnType<typeof stateOf>;
type Resource = State["deployment"]["resources"][number];

/** A state with each resource changed. */
function mapped(state: State, change: (resource: Resource) => object): object {
  return { ...state, deployment: { ...state.deployment, resources: state.deployment.resources.map(change) } };
}

const template = aws("ec2/launchTemplate:LaunchTemplate", "template", {
  id: "lt-1",
  name: "template",
  imageId: images.amazonLinux2,
  iamInstanceProfile: { name: "profile" },
  vpcSecurityGroupIds: ["sg-web"],
});
const configuration = aws("ec2/launchConfiguration:LaunchConfiguration", "configuration", {
  id: "lc-1",
  name: "lc-1",
  imageId: images.amazonLinux2,
  iamInstanceProfile: "profile",
  securityGroups: ["sg-web"],
});
const group = (launching: object) =>
  aws("autoscaling/group:Group", "web", { vpcZoneIdentifiers: ["subnet-1"], ...launching });

const stacks: Readonly<Record<string, readonly ExampleResource[]>> = {
  "an instance": endpointOnly,
  "an instance without an instance profile": stack(endpointOnly, set("web", { iamInstanceProfile: undefined })),
  "an instance with a launch template": stack(
    endpointOnly,
    set("web", { iamInstanceProfile: undefined, ami: undefined, launchTemplate: { id: "lt-1" } }),
    plus(template),
  ),
  "an Auto Scaling group with a launch template": stack(
    endpointOnly,
    without("web"),
    plus(template, group({ launchTemplate: { id: "lt-1" } })),
  ),
  "an Auto Scaling group with a launch configuration": stack(
    endpointOnly,
    without("web"),
    plus(configuration, group({ launchConfiguration: "lc-1" })),
  ),
  "a launch template without an instance profile": stack(
    endpointOnly,
    without("web"),
    plus({ ...template, name: "web", props: { ...template.props, iamInstanceProfile: undefined } }),
  ),
};

describe("states as the provider writes them", () => {
  const forms = Object.entries(unsetForms).flatMap(([type, properties]) =>
    Object.keys(properties).map((property) => [type, property] as const),
  );
  for (const [what, resources] of Object.entries(stacks)) {
    it(`are read alike, whatever they contain for properties that are not set: ${what}`, () => {
      const state = JSON.parse(JSON.stringify(stateOf(resources))) as State;
      const expected = reportOnStates(state);
      fc.assert(
        fc.property(fc.subarray(forms), (chosen) => {
          const written = mapped(state, (resource) => {
            const added = chosen.filter(
              ([type, property]) => type === resource.type && !(property in resource.outputs),
            );
            const values = added.map(([type, property]) => [property, unsetForms[type]![property]] as const);
            return { ...resource, outputs: { ...resource.outputs, ...Object.fromEntries(values) } };
          });
          deepStrictEqual(reportOnStates(written), expected);
        }),
        { numRuns: 60 },
      );
    });
  }

  const userData = "#!/bin/sh\ndnf remove -y amazon-ssm-agent\n";
  const hash = (text: string) => createHash("sha1").update(text).digest("hex");
  const running = JSON.parse(JSON.stringify(stateOf(stack(endpointOnly, set("web", { userData }))))) as State;
  const withOutput = (output: string) =>
    mapped(running, (resource) =>
      resource.urn.endsWith("::web") ? { ...resource, outputs: { ...resource.outputs, userData: output } } : resource,
    );
  const agentOf = (state: object) => reportOnStates(state).fleets[0]!.hops.find(({ hop }) => hop === "agent")!;

  it("have user data as a SHA-1 hash, and its text in the inputs", () => {
    strictEqual(agentOf(running).verdict, "blocked");
    deepStrictEqual(reportOnStates(withOutput(hash(userData))), reportOnStates(running));
  });

  it("have user data as the SHA-1 hash of another text, which is not known", () => {
    const agent = agentOf(withOutput(hash("another")));
    strictEqual(agent.verdict, "unknown"); // the image includes the agent, and user data may remove it
    notDeepStrictEqual(reportOnStates(withOutput(hash("another"))), reportOnStates(running));
  });

  it("have tags in plain text and all tags as ciphertext", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    const written = mapped(running, (resource) => ({
      ...resource,
      outputs: { ...resource.outputs, tagsAll: secret },
    }));
    deepStrictEqual(reportOnStates(written), reportOnStates(running));
  });

  it("have the region in a provider's inputs, its outputs, a resource, or only in the ARNs of its resources", () => {
    const arn = (resource: Resource) => ({
      ...resource,
      outputs: { ...resource.outputs, arn: "arn:aws:ec2:eu-west-1:123456789012:x/y" },
    });
    const isProvider = ({ type }: Resource) => type === "pulumi:providers:aws";
    const expected = reportOnStates(running);
    const forms: Readonly<Record<string, (resource: Resource) => object>> = {
      inputs: (resource) => (isProvider(resource) ? { ...resource, outputs: {} } : resource),
      outputs: (resource) => (isProvider(resource) ? { ...resource, inputs: {} } : resource),
      "each resource": (resource) =>
        isProvider(resource)
          ? { ...resource, inputs: {}, outputs: {} }
          : { ...resource, outputs: { ...resource.outputs, region: "eu-west-1" } },
      "the ARN of a resource": (resource) =>
        isProvider(resource)
          ? { ...resource, inputs: undefined, outputs: undefined }
          : resource.type === "aws:ec2/vpc:Vpc"
            ? arn(resource)
            : resource,
    };
    for (const [where, form] of Object.entries(forms))
      deepStrictEqual(reportOnStates(mapped(running, form)), expected, where);
  });

  it("have several default providers, each with its own region", () => {
    const two = mapped(running, (resource) =>
      resource.type === "pulumi:providers:aws" ? { ...resource, inputs: {}, outputs: {} } : resource,
    ) as State;
    const other = {
      ...running.deployment.resources[0]!,
      urn: running.deployment.resources[0]!.urn.replace(/default$/, "default_7_1_0"),
      inputs: { region: "us-east-1" },
      outputs: { region: "us-east-1" },
    };
    const bucket = {
      ...running.deployment.resources.find(({ type }) => type === "aws:ec2/vpc:Vpc")!,
      urn: "urn:pulumi:test::shop::aws:ec2/vpc:Vpc::far",
      outputs: { arn: "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-far" },
      id: "vpc-far",
      provider: `${other.urn}::p2`,
    };
    const near = mapped(two, (resource) =>
      resource.type === "aws:ec2/vpc:Vpc"
        ? { ...resource, outputs: { ...resource.outputs, arn: "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc" } }
        : resource,
    ) as State;
    const all = {
      ...near,
      deployment: { ...near.deployment, resources: [...near.deployment.resources, other, bucket] },
    };
    deepStrictEqual(reportOnStates(all).fleets, reportOnStates(running).fleets);
  });

  it("have the public address setting as a string", () => {
    const written = (value: unknown) =>
      reportOnStates(
        mapped(running, (resource) =>
          resource.urn.endsWith("::web")
            ? { ...resource, outputs: { ...resource.outputs, associatePublicIpAddress: value } }
            : resource,
        ),
      );
    deepStrictEqual(written("true"), written(true));
    deepStrictEqual(written("false"), written(false));
  });

  it("have one name several times, which the reports distinguish", () => {
    const resources = running.deployment.resources.flatMap((resource): object[] => {
      if (!resource.urn.endsWith("::web")) return [resource];
      return ["first", "second"].map((module) => ({
        ...resource,
        id: `i-${module}`,
        urn: `urn:pulumi:test::shop::app:index:${module}$aws:ec2/instance:Instance::this[0]`,
        parent: `urn:pulumi:test::shop::app:index:${module}::${module}`,
        outputs: { ...resource.outputs, id: `i-${module}` },
      }));
    });
    const state = { ...running, deployment: { ...running.deployment, resources } };
    deepStrictEqual(
      reportOnStates(state).fleets.map(({ name }) => name),
      ["first/this[0]", "second/this[0]"],
    );
    const tagged = mapped(state as State, (resource) => ({
      ...resource,
      parent: undefined,
      outputs: { ...resource.outputs, tags: { PatchGroup: "prod", Name: resource.id } },
    }));
    deepStrictEqual(
      reportOnStates(tagged).fleets.map(({ name }) => name),
      ["i-first/this[0]", "i-second/this[0]"],
    );
  });
});
