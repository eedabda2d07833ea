import { strictEqual } from "node:assert/strict";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { reportedSystemOf } from "../../../policypack/stack/reported-agents";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

const systemOf = (id: unknown, report: object) => {
  const web = resource("aws:ec2/instance:Instance", "web", { id });
  const stack = new Stack([web, resource("patchpath:audit:ReportedAgent", "agent", { ...report })]);
  return reportedSystemOf(stack, fleetsOf(stack)[0]!);
};

describe("the operating system that an agent reports", () => {
  it("is that of the fleet with its id", () => {
    strictEqual(systemOf("i-1", { fleetId: "i-1", system: "rhel-9" }), "rhel-9");
    strictEqual(systemOf("i-1", { fleetId: "i-2", system: "rhel-9" }), undefined);
    strictEqual(systemOf(unknown, { system: "rhel-9" }), undefined);
  });

  it("is not known where it is none of the tables", () => {
    strictEqual(systemOf("i-1", { fleetId: "i-1", system: "solaris-11" }), undefined);
    strictEqual(systemOf("i-1", { fleetId: "i-1" }), undefined);
  });
});
