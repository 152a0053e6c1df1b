/**
 * @file How one side is timed in one round, and what many rounds amount to.
 */
import Benchmark from 'benchmark';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Seconds of one call, median over about `seconds` of calls. Short ones are sampled by the package benchmark. */
export function secondsPerCall(run: () => void, seconds: number): number {
  const begin = performance.now();
  run();
  const first = (performance.now() - begin) / 1000;
  if (first < seconds / 10) {
    const bench = new Benchmark(run, { maxTime: seconds, minSamples: 3, minTime: seconds / 10 });
    bench.run({ async: false });
    if (bench.error) throw bench.error;
    return median(bench.stats.sample);
  }
  const times = [first];
  for (let total = first; total < seconds; total += times.at(-1)!) {
    const start = performance.now();
    run();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}
