import { deepStrictEqual } from "node:assert/strict";
import type { StackResource } from "../../../policypack/stack/resource";
import { associationsOf } from "../../../policypack/stack/route-table-associations";
import { unknownText } from "../../../policypack/stack/special-values";
import { Stack } from "../../../policypack/stack/stack";

const resource = (type: string, name: string, more: Partial<StackResource> = {}): StackResource => ({
  type,
  urn: `urn:pulumi:prod::shop::${type}::${name}`,
  name,
  props: {},
  ...more,
});
const subnets = ["a", "b", "c"].map((name) => resource("aws:ec2/subnet:Subnet", name));
const tables = ["private", "public"].map((name) => resource("aws:ec2/routeTable:RouteTable", name));

/** An association for which only the possible origins of its two IDs are known. */
const association = (name: string, ofSubnets: readonly StackResource[], ofTables: readonly StackResource[]) =>
  resource("aws:ec2/routeTableAssociation:RouteTableAssociation", name, {
    props: { subnetId: unknownText, routeTableId: unknownText },
    propertyDependencies: { subnetId: [...ofSubnets], routeTableId: [...ofTables] },
  });
const associated = (...associations: readonly StackResource[]) => {
  const { bySubnet, uncertain } = associationsOf(new Stack([...subnets, ...tables, ...associations]));
  const names = [...bySubnet].map(([urn, table]) => [
    urn.split("::").at(-1),
    table.is === "resource" ? table.resource.name : table.is,
  ]);
  return { ...(Object.fromEntries(names) as Record<string, string>), uncertain };
};
const [first] = subnets;
const [table] = tables;

describe("associations of route tables", () => {
  it("with one route table, and as many subnets as associations, are one for each subnet", () => {
    deepStrictEqual(associated(...["0", "1", "2"].map((name) => association(name, subnets, [table!]))), {
      a: "private",
      b: "private",
      c: "private",
      uncertain: false,
    });
  });

  it("are uncertain if there are fewer or more than subnets", () => {
    for (const names of [
      ["0", "1"],
      ["0", "1", "2", "3"],
    ]) {
      deepStrictEqual(associated(...names.map((name) => association(name, subnets, [table!]))), { uncertain: true });
    }
  });

  it("are uncertain if there are several route tables", () => {
    const withBoth = ["0", "1", "2"].map((name) => association(name, subnets, tables));
    deepStrictEqual(associated(...withBoth), { uncertain: true });
    const mixed = ["0", "1", "2"].map((name, i) => association(name, subnets, [tables[i % 2]!]));
    deepStrictEqual(associated(...mixed), { uncertain: true });
  });

  it("are uncertain if one of the subnets has another association", () => {
    const own = association("own", [first!], [tables[1]!]);
    deepStrictEqual(associated(own, ...["0", "1", "2"].map((name) => association(name, subnets, [table!]))), {
      a: "public",
      uncertain: true,
    });
  });
});
