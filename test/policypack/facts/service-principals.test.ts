import { strictEqual } from "node:assert/strict";
import { ec2Principal, logsPrincipal, servicePrincipal } from "../../../policypack/facts/service-principals";

describe("the names of services in trust policies", () => {
  it("are the same in every partition for most services", () => {
    strictEqual(servicePrincipal("ssm"), "ssm.amazonaws.com");
    strictEqual(servicePrincipal("events"), "events.amazonaws.com");
  });

  it("depend on the partition for EC2, and on the region too for CloudWatch Logs", () => {
    strictEqual(ec2Principal("cn-north-1"), "ec2.amazonaws.com.cn");
    strictEqual(ec2Principal("us-gov-west-1"), "ec2.amazonaws.com");
    strictEqual(logsPrincipal("cn-north-1"), "logs.cn-north-1.amazonaws.com.cn");
    strictEqual(logsPrincipal("eu-west-1"), "logs.eu-west-1.amazonaws.com");
  });
});
