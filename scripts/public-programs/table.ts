/** What one command did. */
export interface Step {
  readonly code: number;
  readonly output: string;
  readonly stdout: string;
}

interface HopOfReport {
  readonly hop: string;
  readonly verdict: string;
  readonly because: string;
  /** The URN of the resource that it is about. */
  readonly resource?: string;
  readonly fix?: string;
}

export interface FleetOfReport {
  readonly name: string;
  readonly urn: string;
  readonly operatingSystem: string;
  readonly verdict: string;
  readonly hops: readonly HopOfReport[];
}

/** A program that was run, or why it was not. */
export interface ProgramRun {
  readonly name: string;
  readonly launches: string;
  readonly preview?: Step;
  readonly up?: Step;
  /** At preview. */
  readonly planned?: readonly FleetOfReport[];
  readonly fleets?: readonly FleetOfReport[];
  /** After the remedies that the report asks for: see remedy.ts. */
  readonly remedied?: readonly FleetOfReport[];
  /** Stack traces of the pack or the command. */
  readonly crashes?: readonly string[];
  /** What failed, if the program itself could not be run. */
  readonly failed?: string;
  readonly output?: string;
}

/** A trace through the pack's own code is a crash, whatever the exit code. */
function crashesIn(...steps: readonly (Step | undefined)[]): string[] {
  return steps.flatMap((step) => step?.output.match(/^.*policypack\/(?:bin\/)?[\w/.-]+\.[jt]s:\d+.*$/gm) ?? []);
}

interface Explanations {
  readonly ofPlan: Step;
  readonly ofState: Step;
  /** Of the state, with what the report asks for. */
  readonly ofRemedy?: Step;
}

/** Adds what `explain` says of the plan and of the state. */
export function withExplanations(run: ProgramRun, { ofPlan, ofState, ofRemedy }: Explanations): ProgramRun {
  const steps = [ofPlan, ofState, ...(ofRemedy ? [ofRemedy] : [])];
  const crashes = [
    ...crashesIn(run.preview, ...steps),
    ...steps
      .filter((step) => fleetsIn(step) === undefined)
      .map(({ code, output }) => `explain ended with ${code}: ${output.slice(0, 1000)}`),
  ];
  const failed = run.up?.code === 0 ? {} : { failed: "up", output: run.up?.output ?? "" };
  return {
    ...run,
    planned: fleetsIn(ofPlan) ?? [],
    fleets: fleetsIn(ofState) ?? [],
    remedied: (ofRemedy && fleetsIn(ofRemedy)) ?? [],
    crashes,
    ...failed,
  };
}

/** The fleets of a report; `undefined` if the command did not end in one of its own ways. */
export function fleetsIn({ code, stdout }: Step): readonly FleetOfReport[] | undefined {
  return [0, 1, 3].includes(code) ? (JSON.parse(stdout) as { fleets: readonly FleetOfReport[] }).fleets : undefined;
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? "" : "s"}`;

/** The errors of an update, without the engine's headings. */
function reasonIn(output: string): string {
  const errors = output.match(/^.*(?:error|Error)(?:\u001b\[0m)?:.*$/gm) ?? [];
  const own = errors.filter(
    (line) => !/update failed|preview failed|unhandled exception|resource registration/.test(line),
  );
  return (own[0] ?? errors[0] ?? output.trim().split("\n").at(-1) ?? "")
    .trim()
    .replaceAll(/\u001b\[\d+m/g, "")
    .replaceAll("|", "\\|")
    .slice(0, 300);
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** Fleets that are alike in everything but their name. */
function alike(
  fleets: readonly FleetOfReport[],
  before: (fleet: FleetOfReport) => string,
  after: (fleet: FleetOfReport) => FleetOfReport | undefined,
): FleetOfReport[][] {
  const groups = new Map<string, FleetOfReport[]>();
  for (const fleet of fleets) {
    const key = JSON.stringify([
      fleet.operatingSystem,
      fleet.verdict,
      before(fleet),
      fleet.hops.map((hop) => [hop.hop, hop.verdict]),
      after(fleet)?.hops.map((hop) => [hop.hop, hop.verdict]),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), fleet]);
  }
  return [...groups.values()];
}

/** Hops of which the same is said, together. */
function questionsIn(hops: readonly HopOfReport[]): string[] {
  const questions = new Map<string, string[]>();
  for (const { hop, verdict, because } of hops) {
    const question = `${verdict}: ${because}`;
    questions.set(question, [...(questions.get(question) ?? []), hop]);
  }
  return [...questions].map(([question, names]) => `**${names.join(", ")}** ${question}`);
}

function rowsOf(run: ProgramRun): string[] {
  const fleets = run.fleets ?? [];
  const notRun = run.failed === undefined ? [] : [`unknown: not run (${run.failed}: ${reasonIn(run.output ?? "")})`];
  const crashed = run.crashes?.length ? [`crash: ${run.crashes[0]!}`] : [];
  const preview = run.preview === undefined ? "" : previewOf(run.preview);
  const atPreview = ({ urn }: FleetOfReport) => run.planned?.find((fleet) => fleet.urn === urn)?.verdict ?? "not seen";
  const remediedOf = ({ urn }: FleetOfReport) => run.remedied?.find((fleet) => fleet.urn === urn);
  const remedied = (fleet: FleetOfReport) => {
    const after = remediedOf(fleet);
    const still = after?.hops.filter(({ verdict }) => verdict === "unknown" || verdict === "blocked") ?? [];
    return after === undefined ? "" : [after.verdict, questionsIn(still).join("; ")].filter(Boolean).join(": ");
  };
  const row = (fleet: string, before: string, verdict: string, hops: string, after = "") =>
    `| ${run.name} | ${preview} | ${fleet} | ${before} | ${verdict} | ${cell(hops)} | ${cell(after)} |`;
  const rows = alike(fleets, atPreview, remediedOf).map((group) => {
    const [first] = group as [FleetOfReport];
    const undecided = first.hops.filter(({ verdict }) => verdict === "unknown" || verdict === "blocked");
    const words = questionsIn(undecided).join("; ");
    const name = group.length === 1 ? `\`${first.name}\`` : `\`${first.name}\` and ${group.length - 1} alike`;
    return row(`${name}, ${first.operatingSystem}`, atPreview(first), first.verdict, words, remedied(first));
  });
  const remarks = [...notRun, ...crashed].map((remark) => row("", "", remark.split(":")[0]!, remark));
  return [
    ...rows,
    ...remarks,
    ...(rows.length + remarks.length === 0 ? [row("none seen", "", "silent", run.launches)] : []),
  ];
}

function previewOf({ code, output }: Step): string {
  const levels = ["mandatory", "advisory"].map((level) => {
    const found = output.match(new RegExp(`^\\s*(?:-|❌|⚠️)?.*\\[${level}\\]`, "gm"))?.length ?? 0;
    return found === 0 ? undefined : `${found} ${level}`;
  });
  return [code === 0 ? "passes" : "fails", ...levels.filter(Boolean)].join(", ");
}

/** The table of all runs: a line for fleets that are alike, and for every program that was not run. */
export function markdownOf(runs: readonly ProgramRun[]): string {
  const fleets = runs.flatMap((run) => run.fleets ?? []);
  const remedied = runs.flatMap((run) =>
    (run.fleets ?? []).map((fleet) => run.remedied?.find(({ urn }) => urn === fleet.urn) ?? fleet),
  );
  const of = (all: readonly FleetOfReport[]) =>
    ["patchable", "blocked", "unknown"]
      .map((verdict) => `${all.filter((fleet) => fleet.verdict === verdict).length} ${verdict}`)
      .join(", ");
  const lines = [
    `${count(runs.length, "program")}; ${count(runs.filter(({ failed }) => failed !== undefined).length, "program")} not run to the end; ` +
      `${count(fleets.length, "fleet")}: ${of(fleets)}; after the remedies: ${of(remedied)}; ` +
      count(
        runs.reduce((sum, { crashes }) => sum + (crashes?.length ?? 0), 0),
        "crash line",
      ) +
      ".",
    "",
    "| program | pack at preview | fleet | at preview | after `up` | hops that are not open | after the remedies |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...runs.flatMap(rowsOf),
  ];
  return `${lines.join("\n")}\n`;
}
