import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stateWith } from "./state";
import { median } from "./statistics";

/**
 * Measures `patchpath explain` against `JSON.parse` of the same state: `npm run bench:explain [ROUNDS]`.
 *
 * It measures CPU time of processes of their own, without what a process takes to start: for `explain` that of a state of
 * two resources, for `JSON.parse` that of parsing the same. Each round measures all sizes one after the other, and compares
 * only these. Parsing takes so little time that the median of several processes counts.
 */
const rounds = Number(process.argv[2] ?? 3);
const [few, many, most] = [2, 10_000, 40_000] as const;

const folder = mkdtempSync(join(tmpdir(), "patchpath-bench-"));
const command = join(__dirname, "..", "policypack", "patchpath.js");
const parser = join(folder, "parse.js");
const fileOf = (resources: number) => join(folder, `state-${resources}.json`);

/** CPU milliseconds of a process of Node.js. */
function cpuOf(args: readonly string[]): number {
  const usage = join(folder, "usage");
  rmSync(usage, { force: true });
  spawnSync(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${join(__dirname, "usage-probe.js")}`,
      PATCHPATH_USAGE_FILE: usage,
      PATCHPATH_USAGE_OF: basename(args[0]!),
    },
  });
  return Number(readFileSync(usage, "utf8").split(" ")[0]);
}

const explaining = (resources: number) => cpuOf([command, "explain", "--state", fileOf(resources), "--format", "json"]);
const parsing = (resources: number) => median(Array.from({ length: 7 }, () => cpuOf([parser, fileOf(resources)])));

interface Round {
  /** Times that `explain` takes of `JSON.parse`. */
  readonly atMany: number;
  readonly atMost: number;
  /** Times that the larger state takes of the smaller one. */
  readonly growth: number;
}

function measureRound(): Round {
  const [start, parseStart] = [explaining(few), parsing(few)];
  const [atMany, atMost] = [explaining(many) - start, explaining(most) - start];
  const [parsedMany, parsedMost] = [parsing(many) - parseStart, parsing(most) - parseStart];
  return { atMany: atMany / parsedMany, atMost: atMost / parsedMost, growth: atMost / atMany };
}

try {
  for (const resources of [few, many, most]) writeFileSync(fileOf(resources), stateWith(resources));
  writeFileSync(parser, 'JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));');
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`patchpath: round ${round + 1} of ${rounds}, load ${loadavg()[0]!.toFixed(1)} ...\n`);
    measured.push(measureRound());
  }
  const figures = [
    { figure: `explain, ${many} resources, CPU, ratio to JSON.parse`, goal: 20, of: ({ atMany }: Round) => atMany },
    { figure: `explain, ${most} resources, CPU, ratio to JSON.parse`, goal: 20, of: ({ atMost }: Round) => atMost },
    { figure: `explain, ${most} resources, CPU, ratio to ${many}`, goal: 4.4, of: ({ growth }: Round) => growth },
  ];
  console.table(
    figures.map(({ figure, goal, of }) => {
      const values = measured.map(of);
      return {
        figure,
        median: median(values).toFixed(2),
        goal: `≤ ${goal}`,
        rounds: values.map((one) => one.toFixed(2)).join(" "),
      };
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
