import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { attachedGroups, ofOwnInterface } from "../../../policypack/stack/network-interfaces";
import type { StackResource } from "../../../policypack/stack/resource";
import { secretText } from "../../../policypack/stack/special-values";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { briefly, resource } from "./resources";

const subnet = resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1" });
const group = resource("aws:ec2/securityGroup:SecurityGroup", "group", { id: "sg-1" });
const eni = (name: string, props: object = {}) =>
  resource("aws:ec2/networkInterface:NetworkInterface", name, { id: `eni-${name}`, ...props });
const own = eni("own", { subnetId: "subnet-1", securityGroups: ["sg-1"] });
const second = eni("second");
const native = resource("aws-native:ec2:NetworkInterface", "native", { id: "eni-native", groupSet: ["sg-1"] });

type From = Readonly<Record<string, readonly StackResource[]>>;
const instance = (props: object, from: From = {}, name = "web") =>
  resource("aws:ec2/instance:Instance", name, { id: `i-${name}`, ...props }, from);

function ofInterface(web: StackResource, ...others: readonly StackResource[]) {
  const { subnets, securityGroups, publicAddress } = ofOwnInterface(
    new Stack([subnet, group, own, second, native, web, ...others]),
    web,
  );
  return [subnets?.map(briefly), securityGroups?.map(briefly), publicAddress];
}

const ofOwn = [["subnet"], ["group"], false];
const ofNone = [undefined, undefined, undefined];
const ofHidden = [["unknown"], ["unknown"], "unknown"];

describe("the network interface of an instance", () => {
  const cases: readonly (readonly [string, StackResource, unknown])[] = [
    ["is its primary one", instance({ primaryNetworkInterface: { networkInterfaceId: "eni-own" } }), ofOwn],
    [
      "is its primary one before its older list",
      instance({
        primaryNetworkInterface: { networkInterfaceId: "eni-own" },
        networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: "eni-second" }],
      }),
      ofOwn,
    ],
    [
      "is that of the first device",
      instance({
        networkInterfaces: [
          { deviceIndex: 1, networkInterfaceId: "eni-second" },
          { deviceIndex: 0, networkInterfaceId: "eni-own" },
        ],
      }),
      ofOwn,
    ],
    [
      "may have its device as a text",
      instance({ networkInterfaces: [{ deviceIndex: "0", networkInterfaceId: "eni-own" }] }),
      ofOwn,
    ],
    ["may have no device", instance({ networkInterfaces: [{ networkInterfaceId: "eni-own" }] }), ofOwn],
    [
      "is not that of another device",
      instance({ networkInterfaces: [{ deviceIndex: 1, networkInterfaceId: "eni-own" }] }),
      ofNone,
    ],
    [
      "is not one that EC2 creates",
      instance({ networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: "eni-of-ec2" }] }),
      ofNone,
    ],
    ["is not one where there is none", instance({}), ofNone],
    [
      "is the one that its primary one comes from",
      instance({ primaryNetworkInterface: unknown }, { primaryNetworkInterface: [own] }),
      ofOwn,
    ],
    [
      "is the one that its id comes from",
      instance({ primaryNetworkInterface: { networkInterfaceId: unknown } }, { primaryNetworkInterface: [own] }),
      ofOwn,
    ],
    [
      "is the one that the list comes from",
      instance({ networkInterfaces: unknown }, { networkInterfaces: [own] }),
      ofOwn,
    ],
    [
      "is the one that an element comes from",
      instance({ networkInterfaces: [unknown] }, { networkInterfaces: [own] }),
      ofOwn,
    ],
    [
      "is not known while it may be one of two",
      instance({ networkInterfaces: [unknown] }, { networkInterfaces: [own, second] }),
      ofHidden,
    ],
    ["is not known where it is a secret", instance({ primaryNetworkInterface: secretText }), ofHidden],
    [
      "has its groups in another property in aws-native",
      instance({ primaryNetworkInterface: { networkInterfaceId: "eni-native" } }),
      [["unknown"], ["group"], false],
    ],
  ];
  for (const [what, web, expected] of cases) {
    it(what, () => {
      deepStrictEqual(ofInterface(web), expected);
    });
  }

  it("has a public address by an Elastic IP address only, at the instance or at the interface", () => {
    const web = instance({ primaryNetworkInterface: { networkInterfaceId: "eni-own" } });
    const eip = (props: object) => resource("aws:ec2/eip:Eip", "eip", { ...props });
    strictEqual(ofInterface(web, eip({ instance: "i-web" }))[2], true);
    strictEqual(ofInterface(web, eip({ networkInterface: "eni-own" }))[2], true);
    strictEqual(ofInterface(web, eip({ networkInterface: "eni-second" }))[2], false);
  });
});

describe("the groups that are attached to the network interface of an instance", () => {
  const web = instance({ primaryNetworkInterfaceId: "eni-of-web" });
  const withOwn = instance({ primaryNetworkInterface: { networkInterfaceId: "eni-own" } });
  const other = instance({ primaryNetworkInterfaceId: "eni-of-other" }, {}, "other");
  const attached = (
    networkInterfaceId: unknown,
    from: readonly StackResource[] = [],
    securityGroupId: unknown = "sg-1",
  ) =>
    resource(
      "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
      "attached",
      { networkInterfaceId, securityGroupId },
      { networkInterfaceId: from },
    );
  const cases: readonly (readonly [string, StackResource, StackResource, readonly string[]])[] = [
    ["are those at its own interface", web, attached("eni-of-web"), ["group"]],
    ["are those at the interface that comes from it", web, attached(unknown, [web]), ["group"]],
    ["are those at an interface of its own resource", withOwn, attached("eni-own"), ["group"]],
    ["are those at an interface that the id comes from", withOwn, attached(unknown, [own]), ["group"]],
    ["are not those at another instance", web, attached("eni-of-other"), []],
    ["are not those at another interface of the stack", withOwn, attached("eni-second"), []],
    ["are not those at another interface that the id comes from", withOwn, attached(unknown, [second]), []],
    ["are not those at an interface that is not in the stack", web, attached("eni-elsewhere"), []],
    ["are not known while the interface may be of two instances", web, attached(unknown, [web, other]), ["unknown"]],
    ["are not known where nothing tells the interface", web, attached(unknown), ["unknown"]],
    [
      "are not known where the interface of the instance is a secret",
      instance({ primaryNetworkInterfaceId: secretText }),
      attached("eni-x"),
      ["unknown"],
    ],
    ["may be one that is not known", web, attached("eni-of-web", [], unknown), ["unknown"]],
    ["may be one that is not given", web, attached("eni-of-web", [], null), ["unknown"]],
  ];
  for (const [what, of, attachment, expected] of cases) {
    it(what, () => {
      const stack = new Stack([group, own, second, other, of, attachment]);
      deepStrictEqual(attachedGroups(stack, of).map(briefly), expected);
    });
  }

  it("are none without attachments", () => {
    deepStrictEqual(attachedGroups(new Stack([web]), web), []);
  });
});
