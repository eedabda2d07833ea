import { median } from "./statistics";

/** The duration of one task in microseconds. */
export interface Duration {
  readonly median: number;
  /** The shortest time, which is the closest to that of an idle machine. */
  readonly least: number;
}

interface Effort {
  /** How often all tasks are measured, one after the other, so that temporary noise affects all of them. */
  readonly rounds: number;
  /** Minimum number of iterations of a task, and their minimum time in milliseconds, in each round. */
  readonly iterations: number;
  readonly milliseconds: number;
}

/** Measures tasks by name: the median of the medians of all rounds. */
export async function measure<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
  { rounds, iterations, milliseconds }: Effort,
): Promise<Record<Name, Duration>> {
  const { Bench } = await import("tinybench"); // an ES module, unlike this file
  const medians = new Map<string, number[]>();
  const shortest = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const bench = new Bench({
      time: milliseconds,
      iterations,
      warmup: round === 0,
      warmupIterations: 5,
      warmupTime: 50,
    });
    for (const [name, task] of Object.entries<() => unknown>(tasks)) bench.add(name, task, { async: false });
    for (const { name, result } of await bench.run()) {
      if (result.state !== "completed") throw new Error(`${name}: ${result.state}`, { cause: result });
      medians.set(name, [...(medians.get(name) ?? []), result.latency.p50 * 1000]);
      shortest.set(name, Math.min(shortest.get(name) ?? Infinity, result.latency.min * 1000));
    }
  }
  const durations = [...medians].map(([name, values]): [string, Duration] => [
    name,
    { median: median(values), least: shortest.get(name)! },
  ]);
  return Object.fromEntries(durations) as Record<Name, Duration>;
}
