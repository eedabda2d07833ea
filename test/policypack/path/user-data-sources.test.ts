import { deepStrictEqual } from "node:assert/strict";
import { type AgentSource, agentSource } from "../../../policypack/path/user-data-sources";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { systemOf } from "../../../policypack/stack/systems";
import { unknown } from "../rules/analyze";
import { aws, images } from "./traps/bases";
import { asState } from "./traps/trap";

/** Where the agent is installed from, of an instance in a region; by default with Amazon Linux 2023. */
function sourceOf(userData: string, region = "eu-west-1", ami: string = images.minimal): AgentSource | undefined {
  const stack = asState([aws("ec2/instance:Instance", "web", { id: "i-1", ami, userData })], region);
  const [fleet] = fleetsOf(stack);
  return agentSource(fleet!, systemOf(stack, fleet!));
}

const inBucket = (key: string, region = "eu-west-1", caller: "anonymous" | "instanceRole" = "anonymous") => ({
  is: "S3" as const,
  bucket: `amazon-ssm-${region}`,
  key,
  caller,
});
const onInternet = (from: string) => ({ is: "internet" as const, from });
const rpm = "latest/linux_amd64/amazon-ssm-agent.rpm";

describe("where user data installs the SSM agent from", () => {
  const cases: readonly (readonly [line: string, expected: AgentSource | undefined])[] = [
    [`dnf install -y https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/${rpm}`, inBucket(rpm)],
    [`rpm -Uvh https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/${rpm}`, inBucket(rpm)],
    [`aws s3 cp s3://amazon-ssm-eu-west-1/${rpm} .`, inBucket(rpm, "eu-west-1", "instanceRole")],
    [`aws s3 cp S3://amazon-ssm-eu-west-1/${rpm} .`, inBucket(rpm, "eu-west-1", "instanceRole")],
    [
      "curl -O https://s3.${REGION}.amazonaws.com/amazon-ssm-${REGION}/latest/linux_${ARCH}/amazon-ssm-agent.rpm",
      inBucket("latest/linux_*/amazon-ssm-agent.rpm"),
    ],
    [
      "curl -O https://s3.$REGION.amazonaws.com/amazon-ssm-$REGION/$VERSION/linux_amd64/amazon-ssm-agent.rpm",
      inBucket("*/linux_amd64/amazon-ssm-agent.rpm"),
    ],
    [`curl -O https://s3.us-west-2.amazonaws.com/amazon-ssm-us-west-2/${rpm}`, onInternet("a bucket in `us-west-2`")],
    [`curl -O https://s3.amazonaws.com/amazon-ssm-eu-west-1/${rpm}`, onInternet("`s3.amazonaws.com`")],
    ["curl -O https://packages.example.com/amazon-ssm-agent.rpm", onInternet("`packages.example.com`")],
    ["dnf install -y amazon-ssm-agent", { is: "Amazon Linux repository" }],
    ["dnf install -y /opt/amazon-ssm-agent.rpm", { is: "unknown" }],
    ["# dnf install -y amazon-ssm-agent", undefined],
    ["systemctl start amazon-ssm-agent", undefined],
    ["dnf remove -y amazon-ssm-agent", undefined],
  ];
  for (const [line, expected] of cases) {
    it(line, () => {
      deepStrictEqual(sourceOf(`#!/bin/sh\n${line}\n`), expected);
    });
  }

  it("is the bucket of us-east-1 under the name without a region, there only", () => {
    const address = `curl -O https://s3.amazonaws.com/amazon-ssm-us-east-1/${rpm}`;
    deepStrictEqual(sourceOf(address, "us-east-1"), inBucket(rpm, "us-east-1"));
    deepStrictEqual(sourceOf(address, "eu-west-1"), onInternet("`s3.amazonaws.com`"));
  });

  it("is unknown where the region is", () => {
    const address = `curl -O https://s3.$REGION.amazonaws.com/amazon-ssm-$REGION/${rpm}`;
    deepStrictEqual(sourceOf(address, unknown), { is: "unknown" });
  });

  it("depends on the operating system, where only a package is named", () => {
    const install = "apt-get install -y amazon-ssm-agent";
    deepStrictEqual(sourceOf(install, "eu-west-1", images.ubuntu), onInternet("the repositories of ubuntu-24.04"));
    deepStrictEqual(sourceOf(install, "eu-west-1", "ami-0123456789abcdef0"), { is: "unknown" });
  });
});
