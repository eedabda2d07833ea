import { loadavg } from "node:os";
import { Engine, type PackName, type Usage } from "./engine";
import { median } from "./statistics";

/**
 * Measures the cost of the policy pack, compared with a pack without policies: `npm run bench:pack [ROUNDS]`.
 *
 * It measures only the process of the pack, and CPU time instead of elapsed time, which depends much more on the load of the machine.
 * Each round measures both packs one after the other, in alternating order, and compares only these two. The result is the median of
 * the rounds.
 */
const rounds = Number(process.argv[2] ?? 5);
/** Few enough that only the start counts. */
const few = 2;
const many = 10_000;
const half = 5_000;

type Pair = Readonly<Record<PackName, Usage>>;

function measurePair(round: number, measure: (pack: PackName) => Usage): Pair {
  const first: PackName = round % 2 === 0 ? "empty" : "patchpath";
  const measured = { [first]: measure(first) } as Record<PackName, Usage>;
  const second = first === "empty" ? "patchpath" : "empty";
  measured[second] = measure(second);
  return measured;
}

const cpuRatio = ({ empty, patchpath }: Pair) => patchpath.cpuSeconds / empty.cpuSeconds;
const cpuAbove = ({ empty, patchpath }: Pair) => patchpath.cpuSeconds - empty.cpuSeconds;
const memoryAbove = ({ empty, patchpath }: Pair) => patchpath.peakMebibytes - empty.peakMebibytes;

interface Round {
  readonly boot: Pair;
  readonly analysis: Pair;
  readonly halfAnalysis: Pair;
  readonly preview: Pair;
}

/** The figures of a round, with their goals (docs/performance.md). */
const figures: readonly { name: string; goal: number; unit: string; of: (round: Round) => number }[] = [
  { name: "start, CPU, ratio to empty", goal: 1.13, unit: "", of: ({ boot }) => cpuRatio(boot) },
  {
    name: `each of ${half} resources, CPU above empty`,
    goal: 0.2,
    unit: " ms",
    of: ({ boot, halfAnalysis }) => ((cpuAbove(halfAnalysis) - cpuAbove(boot)) * 1000) / (half - few),
  },
  {
    name: `each of ${many} resources, CPU above empty`,
    goal: 0.2,
    unit: " ms",
    of: ({ boot, analysis }) => ((cpuAbove(analysis) - cpuAbove(boot)) * 1000) / (many - few),
  },
  {
    name: `peak memory at ${many} resources, above empty`,
    goal: 40,
    unit: " MiB",
    of: ({ analysis }) => memoryAbove(analysis),
  },
  {
    name: "preview of 300 resources, CPU, ratio to empty",
    goal: 1.1,
    unit: "",
    of: ({ preview }) => cpuRatio(preview),
  },
];

const engine = new Engine();
try {
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`patchpath: round ${round + 1} of ${rounds}, load ${loadavg()[0]!.toFixed(1)} ...\n`);
    const one: Round = {
      boot: measurePair(round, (pack) => engine.analyze(pack, few)),
      analysis: measurePair(round, (pack) => engine.analyze(pack, many)),
      halfAnalysis: measurePair(round, (pack) => engine.analyze(pack, half)),
      preview: measurePair(round, (pack) => engine.preview(pack)),
    };
    measured.push(one);
    for (const { name, unit, of } of figures) process.stderr.write(`  ${name}: ${of(one).toFixed(2)}${unit}\n`);
  }
  console.table(
    figures.map(({ name, goal, unit, of }) => {
      const values = measured.map(of);
      return {
        figure: name,
        median: `${median(values).toFixed(2)}${unit}`,
        goal: `≤ ${goal}${unit}`,
        rounds: values.map((value) => value.toFixed(2)).join(" "),
      };
    }),
  );
  const seconds = (pick: (round: Round) => Pair, pack: PackName) =>
    `${median(measured.map((round) => pick(round)[pack].cpuSeconds)).toFixed(2)} s`;
  const mebibytes = (pack: PackName) =>
    `${median(measured.map(({ analysis }) => analysis[pack].peakMebibytes)).toFixed(0)} MiB`;
  console.table(
    Object.fromEntries(
      (["empty", "patchpath"] as const).map((pack) => [
        pack,
        {
          start: seconds(({ boot }) => boot, pack),
          [`${many} resources`]: seconds(({ analysis }) => analysis, pack),
          "peak memory": mebibytes(pack),
          "preview of 300": seconds(({ preview }) => preview, pack),
        },
      ]),
    ),
  );
} finally {
  engine.remove();
}
