import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { LaunchSettings } from "../../../policypack/stack/fleet";
import {
  asFlag,
  hasNoMetadata,
  hasUnknownTags,
  nameIn,
  placeOf,
  settingsAt,
  tagsIn,
  unseenSettings,
} from "../../../policypack/stack/launch-settings";
import type { StackResource } from "../../../policypack/stack/resource";
import { secretText } from "../../../policypack/stack/special-values";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { briefly, resource } from "./resources";

const subnet = resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1" });
const group = resource("aws:ec2/securityGroup:SecurityGroup", "group", { id: "sg-1" });
const profile = resource("aws:iam/instanceProfile:InstanceProfile", "profile", { name: "profile", arn: "arn:profile" });
const image = resource("aws:ec2/ami:Ami", "image", { id: "ami-1" });
const all = [subnet, group, profile, image];

type From = Readonly<Record<string, readonly StackResource[]>>;
const template = (props: object, from?: From) =>
  resource("aws:ec2/launchTemplate:LaunchTemplate", "template", { ...props }, from);
const configuration = (props: object, from?: From) =>
  resource("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", { ...props }, from);
const native = (launchTemplateData: unknown, from: readonly StackResource[] = []) =>
  resource("aws-native:ec2:LaunchTemplate", "native", { launchTemplateData }, { launchTemplateData: from });
const settingsOf = (one: StackResource) => settingsAt(new Stack([...all, one]), placeOf(one));

/** Settings of a specification in a request for a Spot fleet. */
function specified(specification: object, from: readonly StackResource[] = []): LaunchSettings {
  const within = "launchSpecifications";
  const request = resource("aws:ec2/spotFleetRequest:SpotFleetRequest", "web", {}, { [within]: from });
  return settingsAt(new Stack([...all, request]), { resource: request, record: specification, within });
}

const groupsIn = ({ securityGroups }: LaunchSettings) => securityGroups.map(briefly);
const subnetsIn = ({ subnets }: LaunchSettings) => subnets.map(briefly);

describe("launch settings", () => {
  it("have the security groups of a template, in both providers", () => {
    deepStrictEqual(groupsIn(settingsOf(template({ vpcSecurityGroupIds: ["sg-1", "sg-2"] }))), [
      "group",
      "outside: sg-2",
    ]);
    deepStrictEqual(groupsIn(settingsOf(native({ securityGroupIds: ["sg-1"] }))), ["group"]);
    deepStrictEqual(
      groupsIn(settingsOf(template({ vpcSecurityGroupIds: [unknown] }, { vpcSecurityGroupIds: [group] }))),
      ["group"],
    );
    deepStrictEqual(groupsIn(settingsOf(native({ securityGroupIds: [unknown] }, [group]))), ["group"]);
  });

  it("have the security groups of a launch configuration and of a specification by id", () => {
    deepStrictEqual(groupsIn(settingsOf(configuration({ securityGroups: ["sg-1"] }))), ["group"]);
    deepStrictEqual(groupsIn(settingsOf(configuration({ securityGroups: [unknown] }, { securityGroups: [group] }))), [
      "group",
    ]);
    deepStrictEqual(groupsIn(specified({ securityGroups: [{ groupId: "sg-1" }] })), ["group"]);
    deepStrictEqual(groupsIn(specified({ securityGroups: [unknown] }, [group])), ["group"]);
    deepStrictEqual(groupsIn(specified({ securityGroups: [unknown] })), ["unknown"]);
  });

  it("do not have the security groups that a template has by name", () => {
    deepStrictEqual(groupsIn(settingsOf(native({ securityGroups: ["sg-1"] }))), []);
  });

  it("have the groups and subnets of network interfaces, in both providers", () => {
    const interfaces = [{ securityGroups: ["sg-1"], subnetId: "subnet-1" }, { subnetId: "subnet-2" }];
    const ofClassic = settingsOf(template({ networkInterfaces: interfaces }));
    deepStrictEqual([groupsIn(ofClassic), subnetsIn(ofClassic)], [["group"], ["subnet", "outside: subnet-2"]]);
    const ofNative = settingsOf(native({ networkInterfaces: [{ groups: ["sg-1"], subnetId: "subnet-1" }] }));
    deepStrictEqual([groupsIn(ofNative), subnetsIn(ofNative)], [["group"], ["subnet"]]);
    const ofPreview = settingsOf(
      template(
        { networkInterfaces: [{ securityGroups: [unknown], subnetId: unknown }] },
        { networkInterfaces: [group, subnet] },
      ),
    );
    deepStrictEqual([groupsIn(ofPreview), subnetsIn(ofPreview)], [["group"], ["subnet"]]);
  });

  it("have unknown groups and an unknown subnet while a network interface is not known", () => {
    for (const networkInterfaces of [unknown, [unknown]]) {
      const settings = settingsOf(template({ networkInterfaces }));
      deepStrictEqual([groupsIn(settings), subnetsIn(settings)], [["unknown"], ["unknown"]]);
      const followed = settingsOf(template({ networkInterfaces }, { networkInterfaces: [group, subnet] }));
      deepStrictEqual([groupsIn(followed), subnetsIn(followed)], [["group"], ["subnet"]]);
    }
  });

  it("have the subnet of a specification rather than those of its network interfaces", () => {
    const networkInterfaces = [{ subnetId: "subnet-2" }];
    deepStrictEqual(subnetsIn(specified({ subnetId: "subnet-1", networkInterfaces })), ["subnet"]);
    deepStrictEqual(subnetsIn(settingsOf(template({ subnetId: unknown }, { subnetId: [subnet] }))), ["subnet"]);
    deepStrictEqual(subnetsIn(specified({})), []);
  });

  it("have an image with what its id comes from", () => {
    const imageIn = ({ imageId, imageOrigins }: LaunchSettings) => [imageId, imageOrigins.map(({ name }) => name)];
    const hidden = { is: "unknown" };
    deepStrictEqual(imageIn(settingsOf(template({ imageId: "ami-1" }))), [{ is: "known", value: "ami-1" }, []]);
    deepStrictEqual(imageIn(specified({ ami: "ami-1" })), [{ is: "known", value: "ami-1" }, []]);
    deepStrictEqual(imageIn(settingsOf(template({ imageId: unknown }, { imageId: [image] }))), [hidden, ["image"]]);
    deepStrictEqual(imageIn(settingsOf(template({ ami: unknown }, { ami: [image] }))), [hidden, ["image"]]);
    deepStrictEqual(imageIn(settingsOf(native({ imageId: unknown }, [image, group]))), [hidden, ["image", "group"]]);
    deepStrictEqual(imageIn(settingsOf(template({}, { userData: [image] }))), [{ is: "absent" }, []]);
  });

  it("have an instance type and user data", () => {
    const known = (value: string) => ({ is: "known", value });
    deepStrictEqual(settingsOf(template({ instanceType: "m7i.large" })).instanceType, known("m7i.large"));
    deepStrictEqual(settingsOf(template({ userData: "#!/bin/sh\ntrue" })).userData, known("#!/bin/sh\ntrue"));
    deepStrictEqual(settingsOf(configuration({ userDataBase64: "dHJ1ZQ==" })).userData, known("true"));
    deepStrictEqual(settingsOf(template({})).userData, { is: "absent" });
  });

  for (const [what, props] of [
    ["name", { iamInstanceProfile: "profile" }],
    ["record with a name", { iamInstanceProfile: { name: "profile" } }],
    ["record with an ARN", { iamInstanceProfile: { arn: "arn:profile" } }],
    ["record with an empty ARN", { iamInstanceProfile: { arn: "", name: "profile" } }],
    ["ARN", { iamInstanceProfileArn: "arn:profile" }],
  ] as const) {
    it(`have an instance profile by its ${what}`, () => {
      strictEqual(briefly(settingsOf(template(props)).instanceProfile), "profile");
    });
  }

  it("have the instance profile that an unknown name comes from", () => {
    const one = template({ iamInstanceProfile: { name: unknown } }, { iamInstanceProfile: [profile] });
    strictEqual(briefly(settingsOf(one).instanceProfile), "profile");
    strictEqual(briefly(settingsOf(template({ iamInstanceProfile: unknown })).instanceProfile), "unknown");
    strictEqual(briefly(settingsOf(template({})).instanceProfile), "none");
  });

  it("have the tags that instances get, and no others", () => {
    const tagsOf = (tagSpecifications: unknown) => {
      const settings = settingsOf(template({ tagSpecifications }));
      return [[...settings.tags], settings.hasUnknownTags];
    };
    deepStrictEqual(
      tagsOf([
        { resourceType: "volume", tags: { A: "x" } },
        { tags: { B: "x" } },
        { resourceType: "instance", tags: { C: "x", D: "" } },
      ]),
      [
        [
          ["C", "x"],
          ["D", ""],
        ],
        false,
      ],
    );
    deepStrictEqual(tagsOf([{ resourceType: "instance", tags: { A: "x", B: unknown } }]), [[], true]);
    deepStrictEqual(tagsOf([unknown]), [[], true]);
    deepStrictEqual(tagsOf(unknown), [[], true]);
    deepStrictEqual(tagsOf(undefined), [[], false]);
  });

  it("say whether instances have a public address", () => {
    const isPublic = (props: object) => settingsOf(template(props)).publicAddress;
    strictEqual(isPublic({}), undefined);
    strictEqual(isPublic({ associatePublicIpAddress: true }), true);
    strictEqual(isPublic({ networkInterfaces: [{}, { associatePublicIpAddress: "true" }] }), true);
    strictEqual(isPublic({ networkInterfaces: [{ associatePublicIpAddress: "false" }] }), false);
    strictEqual(
      isPublic({ networkInterfaces: [{ associatePublicIpAddress: false }], associatePublicIpAddress: true }),
      false,
    );
    strictEqual(isPublic({ networkInterfaces: [unknown] }), undefined);
  });

  it("say whether the instance metadata service is turned off", () => {
    strictEqual(settingsOf(template({ metadataOptions: { httpEndpoint: "disabled" } })).hasNoMetadata, true);
    strictEqual(hasNoMetadata({ metadataOptions: { httpEndpoint: "enabled" } }), false);
    strictEqual(hasNoMetadata({ metadataOptions: { httpEndpoint: unknown } }), false);
    strictEqual(hasNoMetadata({ metadataOptions: { httpEndpoint: secretText } }), "unknown");
    strictEqual(hasNoMetadata({ metadataOptions: secretText }), "unknown");
    strictEqual(hasNoMetadata({}), false);
  });

  it("of a template that is not in the stack are unknown", () => {
    const is = { is: "unknown" };
    const { securityGroups, imageId, instanceType, userData, instanceProfile, ...others } = unseenSettings("why");
    deepStrictEqual([securityGroups, imageId, instanceType, userData, instanceProfile], [[is], is, is, is, is]);
    deepStrictEqual(others, {
      subnets: [],
      imageOrigins: [],
      tags: new Map(),
      hasUnknownTags: true,
      publicAddress: undefined,
      unseen: "why",
    });
  });
});

describe("the tags of a resource", () => {
  const cases: readonly (readonly [string, tags: unknown, expected: readonly (readonly [string, string])[]])[] = [
    [
      "are those of a record",
      { A: "x", B: "" },
      [
        ["A", "x"],
        ["B", ""],
      ],
    ],
    [
      "are those of a list",
      [
        { key: "A", value: "x" },
        { key: "B", value: "" },
      ],
      [
        ["A", "x"],
        ["B", ""],
      ],
    ],
    ["do not include unknown ones of a record", { A: unknown, B: "x", C: 5, D: null }, [["B", "x"]]],
    [
      "do not include unknown ones of a list",
      [{ key: "A", value: unknown }, { key: unknown, value: "x" }, { key: "C" }, { value: "x" }, unknown],
      [],
    ],
    [
      "include those that are propagated at launch",
      [
        { key: "A", value: "x", propagateAtLaunch: true },
        { key: "B", value: "x", propagateAtLaunch: "false" },
      ],
      [["A", "x"]],
    ],
  ];
  for (const [what, value, expected] of cases) {
    it(what, () => {
      deepStrictEqual(tagsIn({ is: "known", value }), expected);
    });
  }

  it("are none while they are not known", () => {
    deepStrictEqual(tagsIn({ is: "unknown" }), []);
    strictEqual(hasUnknownTags(template({ tags: unknown })), true);
    strictEqual(hasUnknownTags(template({ tags: { A: unknown } })), true);
    strictEqual(hasUnknownTags(template({ tags: { A: "x" }, tagsAll: unknown })), false);
  });
});

describe("a flag of a launch", () => {
  it("may be written as a text", () => {
    deepStrictEqual(
      [true, "true", false, "false"].map((value) => asFlag({ is: "known", value })),
      [true, true, false, false],
    );
    strictEqual(asFlag({ is: "unknown" }), undefined);
  });
});

describe("the name of a property", () => {
  it("depends on the provider", () => {
    strictEqual(nameIn(template({}), "ami", "imageId"), "ami");
    strictEqual(nameIn(native({}), "ami", "imageId"), "imageId");
  });
});
