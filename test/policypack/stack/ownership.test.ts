import { strictEqual } from "node:assert/strict";
import { notOwned, ownershipBehind } from "../../../policypack/stack/ownership";
import type { Target } from "../../../policypack/stack/stack";

const resource = (type: string, isRead = false): Target => ({
  is: "resource",
  resource: { type, urn: `urn:${type}`, name: "one", props: {}, ...(isRead && { isRead }) },
});

describe("who creates a part of a path", () => {
  it("is determined by the type, by whether it is read, and by what is known about it", () => {
    strictEqual(ownershipBehind(resource("aws:ec2/vpc:Vpc")), "created");
    strictEqual(ownershipBehind(resource("aws:ec2/vpc:Vpc", true)), "read");
    for (const name of ["defaultVpc:DefaultVpc", "defaultSubnet:DefaultSubnet"]) {
      strictEqual(ownershipBehind(resource(`aws:ec2/${name}`)), "adopted");
    }
    strictEqual(ownershipBehind(resource("aws:ec2/defaultRouteTable:DefaultRouteTable")), "created");
  });

  it("names the first part that this stack does not create", () => {
    const created = resource("aws:ec2/vpc:Vpc");
    strictEqual(notOwned([created, undefined]), undefined);
    strictEqual(notOwned([created, { is: "unknown" }]), "a resource that is not known until the update");
    strictEqual(notOwned([{ is: "outside", id: "vpc-2" }, { is: "unknown" }]), "`vpc-2`, which is not in this stack");
    strictEqual(
      notOwned([resource("aws:ec2/defaultVpc:DefaultVpc")]),
      "`one`, which AWS creates and this stack adopts",
    );
  });
});
