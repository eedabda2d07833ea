import { deepStrictEqual } from "node:assert/strict";
import { neededRepositories } from "../../../policypack/path/needed-repositories";
import type { Target } from "../../../policypack/stack/stack";
import { aws, endpointOnly, images, plus, set, stack } from "./traps/bases";
import { type Trap, asState } from "./traps/trap";

const base = stack(endpointOnly, plus(aws("ec2/vpc:Vpc", "other", { id: "vpc-other", cidrBlock: "10.99.0.0/16" })));
const onAmazonLinux2 = (others: object = {}) => stack(base, set("web", { ami: images.amazonLinux2, ...others }));

/** For an endpoint in the VPC of that name. */
function neededIn(vpc: string | Target | undefined, resources: Trap["resources"]) {
  const all = asState(resources);
  const named = all.of("vpc").find(({ name }) => name === vpc);
  const target: Target | undefined = named ? { is: "resource", resource: named } : (vpc as Target | undefined);
  return neededRepositories(all, target).includes("amazon-linux-2");
}

const inEach = (resources: Trap["resources"]) => ({
  own: neededIn("vpc", resources),
  other: neededIn("other", resources),
  outside: neededIn({ is: "outside", id: "vpc-elsewhere" }, resources),
  unknown: neededIn({ is: "unknown" }, resources),
  none: neededIn(undefined, resources),
});

describe("the repositories of Amazon Linux 2 are needed", () => {
  it("nowhere if no fleet runs it", () => {
    deepStrictEqual(inEach(base), { own: false, other: false, outside: false, unknown: false, none: false });
  });

  it("in the VPC of a fleet that runs it, and in one that may be that VPC", () => {
    deepStrictEqual(inEach(onAmazonLinux2()), { own: true, other: false, outside: false, unknown: true, none: false });
  });

  it("in every VPC if the VPC of such a fleet is not known", () => {
    const elsewhere = onAmazonLinux2({ subnetId: "subnet-elsewhere" });
    deepStrictEqual(inEach(elsewhere), { own: true, other: true, outside: true, unknown: true, none: false });
  });

  it("for every endpoint if such a fleet has no subnet, so that the default VPC is used", () => {
    const inDefault = onAmazonLinux2({ subnetId: undefined });
    deepStrictEqual(inEach(inDefault), { own: true, other: true, outside: true, unknown: true, none: true });
  });
});
