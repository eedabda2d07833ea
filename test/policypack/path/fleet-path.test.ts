import { deepStrictEqual } from "node:assert/strict";
import { type FleetPath, hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { aws } from "./traps/bases";
import { asState } from "./traps/trap";
import { unknown } from "../rules/analyze";

/** The path of existing instances that a stack patches by a tag. */
function attached(props: object): FleetPath {
  const component = { type: "patchpath:fleet:AttachedFleet", name: "existing", props: { ...props } };
  return pathsOf(asState([component]))[0]!;
}

describe("the path of instances of another stack, to which a stack is attached", () => {
  const tag = { tagKey: "PatchGroup", tagValue: "prod" };

  it("is unknown in every hop, with the report that shows it", () => {
    const path = attached(tag);
    deepStrictEqual(path.verdict, "unknown");
    const resource = path.fleet.resource;
    for (const { verdict } of hopsInOrder(path)) {
      deepStrictEqual(verdict, {
        verdict: "unknown",
        because:
          "the configuration of the existing instances with the tag `PatchGroup=prod`, which are not in this stack",
        evidence: { resource },
        fix: "Run `patchpath explain` on the state of the stack that creates them.",
      });
    }
  });

  it("says so where the tag is not known", () => {
    const [first] = hopsInOrder(attached({ ...tag, tagValue: unknown }));
    deepStrictEqual(
      first!.verdict.because,
      "the configuration of the existing instances with a tag that is not known, which are not in this stack",
    );
  });

  it("has the operating system that the program states", () => {
    deepStrictEqual(attached({ ...tag, operatingSystem: "rhel-9" }).system, {
      id: "rhel-9",
      updateSource: "internet",
      clue: "the stack configuration",
      isVendorImage: false,
      imageHasAgent: undefined,
    });
    deepStrictEqual(attached(tag).system, undefined);
  });
});

describe("the path of what launches instances in a way that is not modeled", () => {
  it("is unknown in every hop, with a check on AWS", () => {
    const environment = aws("batch/computeEnvironment:ComputeEnvironment", "batch", {
      computeResources: { type: "EC2" },
    });
    const [path] = pathsOf(asState([environment]));
    deepStrictEqual([path?.verdict, path?.system], ["unknown", undefined]);
    const fixes = new Set(hopsInOrder(path!).map(({ verdict }) => "fix" in verdict && verdict.fix));
    deepStrictEqual(
      [...fixes],
      [
        "Check the instances with `aws ssm describe-instance-information`; Patchpath does not model what launches them.",
      ],
    );
  });
});
