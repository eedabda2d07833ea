import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { cloudFormationFleets, typesInTemplate } from "../../../policypack/stack/cloudformation-fleets";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { briefly, resource } from "./resources";

const subnet = resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1" });
const configuration = resource("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", {
  name: "lc-1",
  imageId: "ami-1",
});
const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", { id: "lt-1", imageId: "ami-2" });
const all = [subnet, configuration, template];

const stackWith = (props: object, from?: readonly StackResource[]) =>
  resource(
    "aws:cloudformation/stack:Stack",
    "nodes",
    { tags: { Team: "web" }, ...props },
    from && { templateBody: from },
  );
const group = (properties: object) => ({
  Type: "AWS::AutoScaling::AutoScalingGroup",
  Properties: { VPCZoneIdentifier: ["subnet-1"], ...properties },
});
const byConfiguration = group({ LaunchConfigurationName: "lc-1", Tags: [{ Key: "PatchGroup", Value: "prod" }] });
const byTemplate = group({ LaunchTemplate: { LaunchTemplateId: "lt-1" } });
const body = (...resources: readonly unknown[]) =>
  JSON.stringify({ Resources: Object.fromEntries(resources.map((one, i) => [`R${i}`, one])) });

/** The fleet of the CloudFormation stack: its images, subnets, tags and templates; or that nothing is known about it. */
function fleetIn(nodes: StackResource): unknown {
  const [launched, ...others] = cloudFormationFleets(new Stack([...all, nodes]));
  strictEqual(others.length, 0);
  if (!launched) return "none";
  const { fleet, templates } = launched;
  const used = templates.map(({ name }) => name);
  if (fleet.opaque !== undefined) return ["opaque", ...used];
  const images = [fleet, ...(fleet.alternatives ?? [])].map(({ imageId }) =>
    imageId.is === "known" ? imageId.value : "?",
  );
  return {
    images,
    used,
    subnets: fleet.subnets.map(briefly),
    tags: [...fleet.tags],
    hasUnknownTags: fleet.hasUnknownTags,
  };
}

const ofConfiguration = {
  images: ["ami-1"],
  used: ["configuration"],
  subnets: ["subnet"],
  tags: [["PatchGroup", "prod"]],
  hasUnknownTags: false,
};

describe("the fleet of a CloudFormation stack", () => {
  const cases: readonly (readonly [string, StackResource, unknown])[] = [
    ["is that of its Auto Scaling group", stackWith({ templateBody: body(byConfiguration) }), ofConfiguration],
    [
      "is in its template as a record, in aws-native",
      resource("aws-native:cloudformation:Stack", "nodes", { template: { Resources: { Group: byConfiguration } } }),
      ofConfiguration,
    ],
    [
      "has alternatives where it has several groups",
      stackWith({ templateBody: body(byConfiguration, byTemplate) }),
      { ...ofConfiguration, images: ["ami-1", "ami-2"], used: ["configuration", "template"] },
    ],
    [
      "is not known where one of its groups is not",
      stackWith({ templateBody: body(byConfiguration, group({})) }),
      ["opaque", "configuration"],
    ],
    [
      "is not known with a launch template that is not in the stack",
      stackWith({ templateBody: body(group({ LaunchTemplate: { LaunchTemplateId: "lt-9" } })) }),
      ["opaque"],
    ],
    [
      "is not known without subnets",
      stackWith({ templateBody: body({ ...byTemplate, Properties: { LaunchConfigurationName: "lc-1" } }) }),
      ["opaque"],
    ],
    [
      "is not known without properties",
      stackWith({ templateBody: body({ Type: "AWS::AutoScaling::AutoScalingGroup" }) }),
      ["opaque"],
    ],
    [
      "is not known for what launches in other ways",
      stackWith({ templateBody: body({ ...byConfiguration, Type: "AWS::EC2::SpotFleet" }) }),
      ["opaque"],
    ],
    [
      "is missing where nothing launches instances",
      stackWith({ templateBody: body({ Type: "AWS::S3::Bucket" }, "text", null) }),
      "none",
    ],
    ["is missing without resources", stackWith({ templateBody: "Resources: 5" }), "none"],
    ["is missing without a template", stackWith({}), "none"],
    [
      "is that of the launch configuration which its template comes from, at preview",
      stackWith({ templateBody: unknown }, [configuration, subnet]),
      { images: ["ami-1"], used: ["configuration"], subnets: ["unknown"], tags: [], hasUnknownTags: true },
    ],
    [
      "is that of the launch template which its template comes from, at preview",
      stackWith({ templateBody: unknown }, [template]),
      { images: ["ami-2"], used: ["template"], subnets: ["unknown"], tags: [], hasUnknownTags: true },
    ],
    [
      "is missing where its template comes from both, at preview",
      stackWith({ templateBody: unknown }, [configuration, template]),
      "none",
    ],
    [
      "is missing where its template comes from neither, at preview",
      stackWith({ templateBody: unknown }, [subnet]),
      "none",
    ],
  ];
  for (const [what, nodes, expected] of cases) {
    it(what, () => {
      deepStrictEqual(fleetIn(nodes), expected);
    });
  }
});

describe("the types in the template of a CloudFormation stack", () => {
  const typesIn = (props: object) => {
    const nodes = stackWith(props);
    return typesInTemplate(new Stack([nodes]), nodes);
  };
  it("are known by their namespace and name", () => {
    deepStrictEqual(typesIn({ templateBody: body(byTemplate, { Type: "AWS::EC2::RouteTable" }) }), [
      "autoscaling:AutoScalingGroup",
      "ec2:RouteTable",
    ]);
    deepStrictEqual(typesIn({ templateBody: body({ Type: "Custom" }, {}) }), [":", ":"]);
  });

  it("are not known while the template is not", () => {
    strictEqual(typesIn({ templateBody: unknown }), undefined);
    strictEqual(typesIn({}), undefined);
  });
});
