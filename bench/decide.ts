import { cpus, loadavg } from "node:os";
import { parsePolicy } from "../policypack/iam/parse";
import { judgeRepository } from "../policypack/path/repository-reads";
import { judgeSignedRead, signedReads } from "../policypack/path/signed-reads";
import { type RepositorySystem, repositorySystems } from "../policypack/facts/repositories";
import { corpus, policyOfSize } from "./corpus";
import { type Duration, measure } from "./measure";
import { median } from "./statistics";
import { worstDocuments } from "./worst-documents";

/** Measures the decision core: `npm run bench`. Times are in microseconds; the goals are in docs/performance.md. */

function decide(text: string, ...systems: readonly RepositorySystem[]) {
  const { document } = parsePolicy(text, "endpoint");
  return systems.map((system) => judgeRepository(document!, system, "eu-west-1", {}));
}

/** Parses and decides as for signed reads: for each bucket and each way of signing. */
function judgeSigned(text: string) {
  const { document } = parsePolicy(text, "endpoint");
  return signedReads.map((read) => judgeSignedRead(document!, read, "eu-west-1", {}));
}

const microseconds = (value: number) => value.toFixed(1);

function goal(what: string, value: number, limit: number, unit: string): void {
  console.log(
    `${value <= limit ? "reached" : "MISSED "}  ${what}: ${value.toFixed(1)} ${unit}, goal ≤ ${limit} ${unit}\n`,
  );
}

/** Parsing and deciding for one repository, compared with `JSON.parse` alone for the same text. */
async function decideRealisticDocuments(): Promise<void> {
  const tasks: Record<string, () => unknown> = {};
  for (const [name, text] of Object.entries(corpus)) {
    tasks[`${name}/JSON`] = () => JSON.parse(text) as unknown;
    for (const system of repositorySystems) tasks[`${name}/${system}`] = () => decide(text, system);
  }
  const durations = await measure(tasks, { rounds: 5, iterations: 500, milliseconds: 30 });
  console.log("Parsing and deciding, per document and repository (µs, medians)");
  console.table(
    Object.entries(corpus).map(([document, text]) => ({
      document,
      characters: text.length,
      "JSON.parse": microseconds(durations[`${document}/JSON`]!.median),
      ...Object.fromEntries(
        repositorySystems.map((system) => [system, microseconds(durations[`${document}/${system}`]!.median)]),
      ),
    })),
  );
  const ofDecisions = (pick: (duration: Duration) => number) =>
    Object.entries(durations).flatMap(([name, duration]) => (name.endsWith("/JSON") ? [] : [pick(duration)]));
  const medians = ofDecisions((duration) => duration.median);
  goal("median of documents and repositories", median(medians), 15, "µs");
  console.log(`median of the shortest times: ${microseconds(median(ofDecisions((duration) => duration.least)))} µs`);
  const mean = medians.reduce((sum, value) => sum + value, 0) / medians.length;
  console.log(
    `decisions per second over these documents, on one core: ${Math.round(1_000_000 / mean).toLocaleString("en")}\n`,
  );
}

async function decideBySize(): Promise<void> {
  const sizes = [500, 1_000, 2_000, 5_000, 10_000, 20_480];
  const tasks: Record<string, () => unknown> = {};
  for (const size of sizes) {
    const text = policyOfSize(size);
    const { document } = parsePolicy(text, "endpoint");
    if (!document) throw new Error(`cannot create a document of ${size} characters`);
    tasks[`${size}/parse`] = () => parsePolicy(text, "endpoint");
    tasks[`${size}/both`] = () => decide(text, "amazon-linux-2023");
  }
  const durations = await measure(tasks, { rounds: 5, iterations: 200, milliseconds: 50 });
  console.log("Time by size (µs, medians)");
  console.table(
    sizes.map((size) => {
      const parse = durations[`${size}/parse`]!.median;
      const both = durations[`${size}/both`]!.median;
      return {
        characters: size,
        parse: microseconds(parse),
        decide: microseconds(both - parse),
        both: microseconds(both),
        "both, ns per character": ((both * 1000) / size).toFixed(1),
      };
    }),
  );
}

async function decideWorstDocuments(): Promise<void> {
  const tasks = Object.fromEntries(
    Object.entries(worstDocuments).flatMap(([name, text]): [string, () => unknown][] => [
      [name, () => decide(text, "amazon-linux-2023")],
      [`${name}, signed reads`, () => judgeSigned(text)],
    ]),
  );
  const durations = Object.entries(await measure(tasks, { rounds: 3, iterations: 5, milliseconds: 0 }));
  durations.sort(([, a], [, b]) => b.median - a.median);
  console.log("The slowest of the documents that AWS accepts (20,480 characters; ms)");
  console.table(
    durations.slice(0, 12).map(([document, { median: middle, least }]) => {
      const [name, isSigned] = [document.replace(/, signed reads$/, ""), document.endsWith(", signed reads")];
      const text = worstDocuments[name]!;
      const { verdict, ...rest } = isSigned ? judgeSigned(text)[0]! : decide(text, "amazon-linux-2023")[0]!.decision;
      const isTooComplex = "openQuestion" in rest && rest.openQuestion.includes("too complex");
      return {
        document,
        median: (middle / 1000).toFixed(1),
        least: (least / 1000).toFixed(1),
        answer: isTooComplex ? "too complex" : verdict,
      };
    }),
  );
  goal(`the slowest of ${durations.length}`, durations[0]![1].median / 1000, 30, "ms");
}

async function main(): Promise<void> {
  console.log(
    `${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.versions.node}, load ${loadavg()[0]!.toFixed(1)}\n`,
  );
  await decideRealisticDocuments();
  await decideBySize();
  await decideWorstDocuments();
}

void main();
