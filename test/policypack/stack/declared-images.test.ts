import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { imagesOf } from "../../../policypack/cli/image-option";
import { UsageError } from "../../../policypack/cli/usage-error";
import { imagesIn } from "../../../policypack/config";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { patchPathIsOpen } from "../../../policypack/rules/patch-path-is-open";
import { declarationsIn, declareImages } from "../../../policypack/stack/declared-images";
import { Stack } from "../../../policypack/stack/stack";
import { nat, set, stack } from "../path/traps/bases";
import { asPreview, asState } from "../path/traps/trap";
import { findingsOf, withConfig } from "../rules/analyze";

const ami = "ami-0123456789abcdef0";
const resources = stack(nat, set("web", { ami }));
const agentOf = (base: Stack, images: Readonly<Record<string, string>>) => {
  const [path] = pathsOf(new Stack(base.resources, declarationsIn(images)));
  const { verdict, because, fix } = path!.hops.agent;
  return { system: path!.system?.id, verdict, because, ...(fix !== undefined && { fix }) };
};

describe("a declared image", () => {
  for (const [what, base] of [
    ["state", asState(resources)],
    ["preview", asPreview(resources)],
  ] as const) {
    it(`determines the operating system, and whether it includes the agent: ${what}`, () => {
      deepStrictEqual(agentOf(base, { [ami]: "amazon-linux-2023" }), {
        system: "amazon-linux-2023",
        verdict: "open",
        because: "the AWS image of amazon-linux-2023 includes the SSM agent",
      });
      deepStrictEqual(agentOf(base, { [ami]: "rhel-9,agent" }), {
        system: "rhel-9",
        verdict: "open",
        because: "the image of rhel-9 includes the SSM agent",
      });
      strictEqual(agentOf(base, { [ami]: "rhel-9" }).verdict, "blocked");
      strictEqual(agentOf(base, { [ami]: "amazon-linux-2023,no-agent" }).verdict, "blocked");
    });

    it(`may be Bottlerocket, which Patch Manager does not patch: ${what}`, () => {
      deepStrictEqual(agentOf(base, { [ami]: "bottlerocket" }), {
        system: "bottlerocket",
        verdict: "not-needed",
        because: "Patch Manager does not patch bottlerocket",
      });
    });

    it(`is in the fix for an unknown image: ${what}`, () => {
      deepStrictEqual(agentOf(base, { "ami-of-others": "rhel-9" }), {
        system: undefined,
        verdict: "unknown",
        because: "which image is used, and whether it includes the SSM agent",
        fix: `Declare the image: \`--image ${ami}=SYSTEM\`, or \`images\` in the config of patch-path-is-open, such as amazon-linux-2023 or rhel-9,agent; or name it by its public SSM parameter.`,
      });
    });
  }

  it("is an option of the rule, shared by other rules", async () => {
    try {
      const rule = withConfig(patchPathIsOpen, { images: { [ami]: "debian-12" } });
      const [finding] = await findingsOf(rule, resources);
      strictEqual(finding?.message.includes("debian-12 does not include the SSM agent"), true);
      strictEqual((await findingsOf(withConfig(patchPathIsOpen, {}), resources)).length, 0);
      deepStrictEqual(
        [...imagesIn({ "patch-path-is-open": { images: { [ami]: "debian-12,agent" } } })],
        [[ami, { system: "debian-12", hasAgent: true }]],
      );
    } finally {
      declareImages(new Map());
    }
  });

  it("is an option of the command", () => {
    deepStrictEqual([...imagesOf([`${ami}=rhel-9,no-agent`])], [[ami, { system: "rhel-9", hasAgent: false }]]);
    for (const wrong of ["rhel-9", `${ami}=rhel`, `${ami}=bottlerocket,agent`, `${ami}=rhel-9,yes`, "x=rhel-9"]) {
      throws(
        () => imagesOf([wrong]),
        new UsageError(
          `--image is \`${wrong}\`; expected an image and its system, such as ami-0123456789abcdef0=amazon-linux-2023, or ami-0123456789abcdef0=rhel-9,agent for one that includes the SSM agent (no-agent: does not)`,
        ),
      );
    }
  });
});
