import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { adviceOn } from "../../../policypack/path/advice";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { type HopReport, reportOn } from "../../../policypack/report/path-report";
import { typeNameOfUrn } from "../../../policypack/stack/resource";
import type { Stack } from "../../../policypack/stack/stack";
import { traps } from "./traps";
import { asPreview, asState } from "./traps/trap";

/*
 * What is said about the traps: every verdict with its place, fix and note, what patches the fleets, what the path costs,
 * and the advice. Each is listed once with the number of states and previews that have it, so that a change of a sentence
 * or of a verdict is one line of a diff, which is read:
 *
 *     PATCHPATH_UPDATE_SNAPSHOTS=1 npx mocha test/policypack/path/told.test.ts
 */
const folder = join(__dirname, "told");
const updates = Boolean(process.env["PATCHPATH_UPDATE_SNAPSHOTS"]);
const day = "2026-11-22";

const fileOf = (group: string) => `${group.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.txt`;

const lines = (what: string, more: Readonly<Record<string, string | undefined>>) =>
  [what, ...Object.entries(more).flatMap(([name, text]) => (text === undefined ? [] : `    ${name}: ${text}`))].join(
    "\n",
  );

function hopInWords({ hop, verdict, because, resource, property, fix, note }: HopReport): string {
  const place =
    resource === undefined ? undefined : [typeNameOfUrn(resource), ...(property ? [property] : [])].join(", ");
  return lines(`${hop} ${verdict}: ${because}`, { at: place, fix, note });
}

/** Everything that is said about a stack. */
function toldOf(stack: Stack): string[] {
  const { fleets, endpointPolicies, deprecatedPolicies, monthlyCosts } = reportOn([stack]);
  return [
    ...fleets.flatMap(({ urn, operatingSystem, verdict, patchedBy, hops }) => [
      `fleet of ${typeNameOfUrn(urn)}, ${operatingSystem}: ${verdict}`,
      ...patchedBy.map((one) =>
        lines(`patched by ${one.name}: ${one.what}`, { at: one.schedule, unknown: one.unknown }),
      ),
      ...hops.map(hopInWords),
    ]),
    ...endpointPolicies.flatMap(({ name, policyUrn, denials }) =>
      Object.entries(denials).map(([system, { note, fix }]) =>
        lines(`endpoint ${name} denies ${system}`, { at: typeNameOfUrn(policyUrn), fix, note }),
      ),
    ),
    ...deprecatedPolicies.map(({ role, policyArn }) => `deprecated policy of ${role}: ${policyArn}`),
    ...monthlyCosts.map((cost) => `cost: ${JSON.stringify(cost)}`),
    ...adviceOn(stack, pathsOf(stack), day).map(({ id, resource, message }) =>
      lines(`advice ${id}: ${message}`, { at: typeNameOfUrn(resource.urn) }),
    ),
  ];
}

describe("what is said about the traps", () => {
  for (const [group, all] of Object.entries(traps)) {
    it(`is on record: ${group}`, () => {
      const counts = new Map<string, [states: number, previews: number]>();
      for (const { resources, region, component } of all) {
        for (const [i, stack] of [asState(resources, region), asPreview(resources, region, component)].entries()) {
          for (const text of toldOf(stack)) {
            const count = counts.get(text) ?? [0, 0];
            counts.set(text, count);
            count[i]!++;
          }
        }
      }
      const told = [...counts]
        .map(([text, [states, previews]]) => `${text}\n    (${states}, ${previews})\n`)
        .sort()
        .join("");
      const file = join(folder, fileOf(group));
      if (updates) writeFileSync(file, told);
      strictEqual(told, existsSync(file) ? readFileSync(file, "utf8") : "");
    });
  }

  it("is on record for no other groups", () => {
    deepStrictEqual(readdirSync(folder).sort(), Object.keys(traps).map(fileOf).sort());
  });
});
