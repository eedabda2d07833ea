import { some } from "../../iam/problems";
import { type Break, type EndpointBreak, inOrderOfUrgency, labelsOf, marks, placeOf, reasonOf } from "../path-breaks";
import type { FleetReport, PathReport } from "../path-report";
import { fixAsHtml } from "./fix";
import { escaped, sentence } from "./markup";

/** What a page shows at once, and the most that it lists: the fleets below show the rest. */
const most = { shown: 10, listed: 100 } as const;

/** What breaks, the gravest first, and of each what concerns most fleets: with its reason, place and fix. */
export function causesAsHtml(
  report: PathReport,
  paths: ReadonlyMap<FleetReport, number>,
): { causes: string[]; notes: string[] } {
  const label = labelsOf(report.fleets);
  const told = inOrderOfUrgency(
    report,
    (one) => {
      const numbers = new Set(one.fleets.map((fleet) => paths.get(fleet)!));
      return { verdict: one.verdict, html: asHtml(one, label, [...numbers]) };
    },
    (one) => ({ verdict: one.verdict, html: endpointCause(one) }),
  );
  const of = (...verdicts: readonly Break["verdict"][]) =>
    listOf(told.flatMap(({ verdict, html }) => (verdicts.includes(verdict) ? [html] : [])));
  return { causes: of("blocked", "unknown"), notes: of("open") };
}

function listOf(items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const [shown, others] = [items.slice(0, most.shown), items.slice(most.shown, most.listed)];
  const rest = items.length - most.listed;
  return [
    ...['<ol class="causes">', ...shown, "</ol>"],
    ...(others.length === 0
      ? []
      : [
          `<details class="others"><summary>${others.length} more</summary>`,
          ...['<ol class="causes">', ...others, "</ol>"],
          "</details>",
        ]),
    ...(rest > 0 ? [`<p>And ${rest} more: see the fleets below.</p>`] : []),
  ];
}

/** @param paths numbers of those that break so: the script shows their fleets */
function asHtml(one: Break, label: (fleet: FleetReport) => string, paths: readonly number[]): string {
  const { hops, verdict, fleets, fix } = one;
  const place = placeOf(one);
  const [count, show] = fleets.length === 1 ? ["1 fleet", "Show it"] : [`${fleets.length} fleets`, "Show them"];
  const button = `<button type="button" class="show" data-paths="${paths.join(" ")}" data-js hidden>${show}</button>`;
  return [
    `<li class="cause ${verdict}">`,
    ...reason(verdict, hops.join(", "), reasonOf(one)),
    ...(place === undefined ? [] : [`<p class="meta">at ${escaped(place)}</p>`]),
    `<p class="meta">${count}: ${escaped(some(fleets.map(label)))} ${button}</p>`,
    ...fixAsHtml(fix),
    "</li>",
  ].join("\n");
}

function endpointCause({ endpoint, region, system, verdict, because, fix }: EndpointBreak): string {
  const where = `endpoint ${endpoint} (${region}), reads of ${system}`;
  return [`<li class="cause ${verdict}">`, ...reason(verdict, where, because), ...fixAsHtml(fix), "</li>"].join("\n");
}

/** A heading with the clause behind it. */
function reason(verdict: keyof typeof marks, at: string, because: string): string[] {
  const mark = `<span class="mark" aria-hidden="true">${marks[verdict]}</span>`;
  return [`<div class="why"><h3>${mark} ${verdict} at ${escaped(at)}:</h3> <p>${sentence(because)}</p></div>`];
}
