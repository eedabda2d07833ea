import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { fleetsOf } from "../../../policypack/stack/fleets";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { aws, endpointOnly, images, plus, stack, without } from "../path/traps/bases";
import { asState } from "../path/traps/trap";
import { type ExampleResource, unknown } from "../rules/analyze";

const configuration = aws("ec2/launchConfiguration:LaunchConfiguration", "configuration", {
  id: "lc-1",
  name: "lc-1",
  imageId: images.ubuntu,
  iamInstanceProfile: "profile",
  securityGroups: ["sg-web"],
});
const template = aws("ec2/launchTemplate:LaunchTemplate", "template", { id: "lt-1", imageId: images.ubuntu });

/** As pulumi-eks writes it for a node group. */
const yamlBody = (launching: string) => `
  AWSTemplateFormatVersion: '2010-09-09'
  Outputs:
    NodeGroup:
      Value: !Ref NodeGroup
  Resources:
    NodeGroup:
      Type: AWS::AutoScaling::AutoScalingGroup
      Properties:
        ${launching}
        MinSize: 1
        VPCZoneIdentifier: ["subnet-1"]
        Tags:
        - Key: PatchGroup
          Value: prod
          PropagateAtLaunch: 'true'
        - Key: Team
          Value: web
          PropagateAtLaunch: 'false'
`;
const nodes = (templateBody: string) => aws("cloudformation/stack:Stack", "web", { templateBody });
const base = stack(endpointOnly, without("web"));
const fleetsIn = (...resources: readonly ExampleResource[]) => fleetsOf(asState(stack(base, plus(...resources))));
const names = (...resources: readonly ExampleResource[]) => fleetsIn(...resources).map(({ name }) => name);

describe("the fleets of a stack", () => {
  for (const [what, body] of [
    ["a launch configuration, in YAML", yamlBody("LaunchConfigurationName: lc-1")],
    [
      "a launch configuration, in JSON",
      JSON.stringify({
        Resources: {
          NodeGroup: {
            Type: "AWS::AutoScaling::AutoScalingGroup",
            Properties: {
              LaunchConfigurationName: "lc-1",
              VPCZoneIdentifier: ["subnet-1"],
              Tags: [{ Key: "PatchGroup", Value: "prod", PropagateAtLaunch: true }],
            },
          },
        },
      }),
    ],
    ["a launch template", yamlBody("LaunchTemplate: { LaunchTemplateId: lt-1, Version: '1' }")],
  ] as const) {
    it(`include the Auto Scaling group in a CloudFormation stack that refers to ${what}`, () => {
      const [fleet, ...others] = fleetsIn(configuration, template, nodes(body)).filter(({ name }) => name === "web");
      strictEqual(others.length, 0);
      deepStrictEqual(fleet!.imageId, { is: "known", value: images.ubuntu });
      deepStrictEqual([...fleet!.tags], [["PatchGroup", "prod"]]);
      strictEqual(fleet!.subnets[0]?.is === "resource" && fleet!.subnets[0].resource.name, "private");
      strictEqual(fleet!.opaque, undefined);
    });
  }

  it("include an Auto Scaling group in a CloudFormation stack at preview, by the origins of the template", () => {
    const all = asState(stack(base, plus(configuration, nodes(yamlBody("LaunchConfigurationName: lc-1"))))).resources;
    const from = all.filter(({ name }) => ["configuration", "private"].includes(name));
    const preview = new Stack(
      all.map((resource): StackResource =>
        resource.name === "web"
          ? { ...resource, props: { templateBody: unknown }, propertyDependencies: { templateBody: from } }
          : resource,
      ),
    );
    const [path] = pathsOf(preview);
    strictEqual(path!.system?.id, "ubuntu-24.04");
    strictEqual(path!.hops.agent.verdict, "open");
    strictEqual(path!.hops["s3-route"].verdict, "unknown");
  });

  it("include a CloudFormation stack with instances as a fleet about which nothing is known, and no stack without instances", () => {
    const body = (type: string) => nodes(`Resources:\n  One:\n    Type: ${type}\n    Properties: {}\n`);
    strictEqual(
      fleetsIn(body("AWS::EC2::Instance"))[0]?.opaque,
      "how the CloudFormation stack `web` launches its instances",
    );
    deepStrictEqual(names(body("AWS::S3::Bucket")), []);
    deepStrictEqual(names(nodes("Resources: [")), []);
    strictEqual(
      fleetsIn(nodes(yamlBody("LaunchConfigurationName: !Ref Configuration")))[0]?.opaque !== undefined,
      true,
    );
  });

  it("have a launch template as a part, wherever it is referenced", () => {
    const launchTemplate = { id: "lt-1", version: "1" };
    deepStrictEqual(names(template), ["template"]);
    deepStrictEqual(names(template, aws("eks/nodeGroup:NodeGroup", "web", { launchTemplate })), ["web"]);
    const computeResources = { type: "SPOT", launchTemplate: { launchTemplateId: "lt-1" } };
    deepStrictEqual(names(template, aws("batch/computeEnvironment:ComputeEnvironment", "web", { computeResources })), [
      "web",
    ]);
  });

  it("do not include what launches no instances in the account, nor one Auto Scaling group twice", () => {
    deepStrictEqual(
      names(
        aws("batch/computeEnvironment:ComputeEnvironment", "fargate", { computeResources: { type: "FARGATE_SPOT" } }),
        aws("batch/computeEnvironment:ComputeEnvironment", "unmanaged", { type: "UNMANAGED" }),
        aws("eks/fargateProfile:FargateProfile", "profile-of-fargate", { subnetIds: ["subnet-1"] }),
        aws("autoscaling/group:Group", "web", {
          name: "web",
          vpcZoneIdentifiers: ["subnet-1"],
          arn: "arn:aws:asg:web",
        }),
        aws("ecs/capacityProvider:CapacityProvider", "provider", {
          autoScalingGroupProvider: { autoScalingGroupArn: "arn:aws:asg:web" },
        }),
      ),
      ["web"],
    );
  });

  it("do not have tags of an Auto Scaling group that are not propagated at launch", () => {
    const [fleet] = fleetsIn(
      aws("autoscaling/group:Group", "web", {
        vpcZoneIdentifiers: ["subnet-1"],
        tags: [
          { key: "PatchGroup", value: "", propagateAtLaunch: true },
          { key: "Team", value: "web", propagateAtLaunch: false },
        ],
      }),
    );
    deepStrictEqual([...fleet!.tags], [["PatchGroup", ""]]);
  });
});
