import { printable } from "../../iam/problems";
import { stackOfUrn } from "../../stack/resource";
import { costInWords } from "../cost-report";
import type { Page } from "../printing";
import { gravity, labelsOf, patchingInWords, successorsInWords } from "../path-breaks";
import { headlineOf } from "../headline";
import type { FleetReport, PathReport } from "../path-report";
import { notOpen } from "../picture/fleet-groups";
import { accountInWords, seenInWords } from "../seen-words";
import { causesAsHtml } from "./causes";
import { dataBlock, fleetData } from "./fleet-data";
import { escaped } from "./markup";
import { networkAsHtml } from "./network";
import { htmlPage, list, section } from "./page";

/** The report on paths as one page: whether the fleets can be patched, why not and what fixes it, and each fleet hop by hop. */
export function pathsAsHtml(report: PathReport, { remarks, version, isPartial }: Page): string {
  const { fleets } = report;
  const { data, paths } = fleetData(fleets);
  const { causes, notes } = causesAsHtml(report, paths);
  const label = labelsOf(fleets);
  return htmlPage({
    kind: "Patch path",
    headline: headlineOf(report, isPartial === true),
    remarks,
    main: [
      ...accountInWords(report).flatMap(({ heading, lines }, i) =>
        section(`account-${i}`, escaped(heading), list(lines)),
      ),
      ...section("causes", "Causes and fixes", causes),
      ...section("network", "Network", networkAsHtml(report)),
      ...section("fleets", "Fleets", fleetList(fleets)),
      ...section(
        "patching",
        "What patches them",
        list([...patchingInWords(fleets, label), ...seenInWords(fleets, label)]),
      ),
      ...section("notes", "Notes", notes),
      ...section(
        "roles",
        "Deprecated policies",
        list(
          report.deprecatedPolicies.map(
            (one) =>
              `role \`${printable(one.role)}\` has the deprecated \`${one.policyArn}\`; ${successorsInWords(one, quoted)}`,
          ),
        ),
      ),
      ...section("cost", "Cost", list(report.monthlyCosts.map(costInWords))),
    ],
    skip: ["fleets", "the fleets"],
    ...(fleets.length > 0 && { data: dataBlock(data) }),
    version,
  });
}

const quoted = (arn: string) => `\`${arn}\``;

/** The filters and the list, which the script fills. */
function fleetList(fleets: readonly FleetReport[]): string[] {
  if (fleets.length === 0) return [];
  const verdicts = gravity.filter((one) => fleets.some(({ verdict }) => verdict === one));
  const broken = new Set(fleets.flatMap((fleet) => notOpen(fleet).map(({ hop }) => hop)));
  const hops = (fleets[0]?.hops ?? []).map(({ hop }) => hop).filter((hop) => broken.has(hop));
  const systems = [...new Set(fleets.map(({ operatingSystem }) => operatingSystem))].sort();
  const stacks = [...new Set(fleets.map(({ urn }) => stackOfUrn(urn)))].sort();
  return [
    "<noscript><p>Allow scripts to list the fleets one by one. The causes above are complete without them.</p></noscript>",
    '<form class="filters" id="filters" data-js hidden>',
    '<p class="field wide"><label for="search">Search</label><input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="Name, hop, reason"></p>',
    ...select("hop", "Breaks at", "any hop", hops),
    ...select("system", "System", "any system", systems),
    ...select("stack", "Stack", "any stack", stacks),
    "<fieldset><legend>Verdict</legend>",
    ...verdicts.map((verdict) => {
      const count = fleets.filter((fleet) => fleet.verdict === verdict).length;
      return `<label class="check"><input type="checkbox" name="verdict" value="${verdict}" checked> ${verdict} (${count})</label>`;
    }),
    "</fieldset>",
    '<p class="field"><button type="reset">Show all</button></p>',
    "</form>",
    '<p id="count" role="status" data-js hidden></p>',
    '<ul id="list" class="fleets"></ul>',
    '<p><button type="button" id="more" hidden></button></p>',
  ];
}

/** Nothing where there is no choice. */
function select(name: string, label: string, any: string, values: readonly string[]): string[] {
  if (values.length < 2) return [];
  return [
    `<p class="field"><label for="${name}">${label}</label><select id="${name}"><option value="">${any}</option>`,
    ...values.map((value) => `<option value="${escaped(value)}">${escaped(value)}</option>`),
    "</select></p>",
  ];
}
