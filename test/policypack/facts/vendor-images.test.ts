import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { imageParameter } from "../../../policypack/facts/images";
import { type System, systems } from "../../../policypack/facts/systems";
import { vendorImage } from "../../../policypack/facts/vendor-images";

// Whether the newest image has such a name can be determined only with DescribeImages.
describe("images of distributors", () => {
  it("are recognized by owner and name", () => {
    deepStrictEqual(vendorImage("rhel-9", "x86_64", "eu-west-1"), {
      owner: "309956199498",
      name: "RHEL-9*_HVM-*-x86_64-*-Hourly*",
    });
    deepStrictEqual(vendorImage("rocky-9", "arm64", "eu-west-1"), {
      owner: "792107900819",
      name: "Rocky-9-EC2-Base-9.*.aarch64",
    });
    strictEqual(vendorImage("rhel-9", "x86_64", "cn-north-1")?.owner, "841258680906");
    strictEqual(vendorImage("rhel-9", "x86_64", "us-gov-west-1")?.owner, "219670896067");
  });

  it("are not recognized if no source has the owner or the name", () => {
    strictEqual(vendorImage("rocky-9", "x86_64", "cn-north-1"), undefined);
    strictEqual(vendorImage("oracle-linux-9", "arm64", "eu-west-1"), undefined);
  });

  it("are only those of operating systems without a public parameter", () => {
    const both = (Object.keys(systems) as System[]).filter(
      (system) => imageParameter(system, "x86_64") && vendorImage(system, "x86_64", "eu-west-1"),
    );
    deepStrictEqual(both, []);
  });
});
