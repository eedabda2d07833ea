import { match, ok, strictEqual } from "node:assert/strict";
import { imageBringsAgent } from "../../../policypack/facts/agents";
import { imageParameter, systemOfImageParameter } from "../../../policypack/facts/images";
import { type SystemFacts, systems } from "../../../policypack/facts/systems";

describe("images and systems", () => {
  it("contain SUSE's public parameter", () => {
    strictEqual(imageParameter("suse-15", "arm64"), "/aws/service/suse/sles/15-sp7/arm64/latest");
  });

  for (const [parameter, system] of [
    ["/aws/service/suse/sles-byos/15-sp6/x86_64/latest", "suse-15"],
    ["/aws/service/debian/release/bookworm/latest/amd64", "debian-12"],
    ["/aws/service/debian/release/11/latest/arm64", "debian-11"],
    ["/aws/service/debian/release/trixie/latest/amd64", undefined],
    ["/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/standard/recommended/image_id", "amazon-linux-2023"],
    ["/aws/service/eks/optimized-ami/1.30/amazon-linux-2-gpu/recommended/image_id", "amazon-linux-2"],
    ["/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id", undefined],
    ["/aws/service/canonical/ubuntu/server/24.10/stable/current/amd64/hvm/ebs-gp3/ami-id", undefined],
  ] as const) {
    it(`recognize ${parameter} as ${system ?? "no operating system that Patch Manager patches"}`, () => {
      strictEqual(systemOfImageParameter(parameter), system);
    });
  }

  it("include the agent, except minimal ones", () => {
    const image = "/aws/service/ami-amazon-linux-latest/al2023-ami";
    strictEqual(imageBringsAgent("amazon-linux-2023", `${image}-kernel-default-x86_64`), true);
    strictEqual(imageBringsAgent("amazon-linux-2023", `${image}-minimal-kernel-default-x86_64`), false);
  });

  it("have end-of-support dates in order", () => {
    for (const [name, facts] of Object.entries<SystemFacts>(systems)) {
      match(facts.endOfSupport, /^20\d\d-\d\d-\d\d$/, name);
      if (facts.endOfExtendedSupport !== undefined) ok(facts.endOfExtendedSupport > facts.endOfSupport, name);
    }
  });
});
