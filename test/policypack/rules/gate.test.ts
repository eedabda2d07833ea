import { deepStrictEqual } from "node:assert/strict";
import { patchPathAdvice } from "../../../policypack/rules/patch-path-advice";
import { patchPathIsOpen } from "../../../policypack/rules/patch-path-is-open";
import type { Gate } from "../../../policypack/rules/gate";
import { type ExampleResource, findingsOf, withConfig } from "./analyze";
import { changed, patchedStack } from "./network";

const withoutDns = changed("ssm", { privateDnsEnabled: false });
const marked = patchedStack(withoutDns);
/** Its role allows the agent's actions, and nothing patches it or marks it for patching. */
const managed = patchedStack({ ...withoutDns, ...changed("web", { tags: {} }) });
/** Nothing indicates that Systems Manager manages it. */
const unmanaged = patchedStack({ ...withoutDns, ...changed("web", { tags: {} }), profile: undefined });

/** The level at which a blocked hop of `web` is reported. */
async function levelOf(resources: readonly ExampleResource[], gate: Gate): Promise<string> {
  const rules = [withConfig(patchPathIsOpen, gate), patchPathAdvice];
  const reported = async (rule: typeof patchPathIsOpen, text: string) =>
    (await findingsOf(rule, resources, rules)).some(({ message }) => message.includes(text));
  const mandatory = await reported(patchPathIsOpen, "the hop `dns` is blocked");
  const advice = await reported(patchPathAdvice, "[blocked-dns]");
  return [mandatory && "mandatory", advice && "advice"].filter(Boolean).join(" and ") || "not at all";
}

describe("the gate of patch-path-is-open", () => {
  after(() => findingsOf(patchPathIsOpen, [])); // the config applies to the process
  const cases: readonly (readonly [string, readonly ExampleResource[], Gate, string])[] = [
    ["a fleet with a patch group", marked, {}, "mandatory"],
    ["a fleet that is only managed", managed, {}, "advice"],
    ["a fleet that nothing manages", unmanaged, {}, "not at all"],
    ["a fleet that is only managed, with `meant: patched`", managed, { meant: "patched" }, "advice"],
    ["a fleet that is only managed, with `meant: all`", managed, { meant: "all" }, "mandatory"],
    ["a fleet that nothing manages, with `meant: all`", unmanaged, { meant: "all" }, "not at all"],
    ["a hop that is advisory", marked, { hops: { dns: "advisory" } }, "advice"],
    ["a hop that is advisory, with `meant: all`", managed, { meant: "all", hops: { dns: "advisory" } }, "advice"],
    ["a hop that is off", marked, { hops: { dns: "off" } }, "not at all"],
    ["a hop that is off, for a fleet that is only managed", managed, { hops: { dns: "off" } }, "not at all"],
    ["a hop that is off, with `meant: all`", managed, { meant: "all", hops: { dns: "off" } }, "not at all"],
  ];
  for (const [what, resources, gate, level] of cases) {
    it(`reports ${what}: ${level}`, async () => {
      deepStrictEqual(await levelOf(resources, gate), level);
    });
  }
});
