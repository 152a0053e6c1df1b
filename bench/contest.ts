/**
 * @file Interleaved measuring: every round times all sides of a case in turn, so that a slow minute of the machine hits
 * all of them. Ratios are formed within a round; their median is what is reported.
 */
import { median, secondsPerCall } from './timing.ts';

export interface Side {
  readonly name: string;
  /** Seconds of one call, measured for about `seconds`. */
  measure(seconds: number): number | Promise<number>;
}

export interface Pace {
  readonly rounds: number;
  /** For one side in one round. */
  readonly seconds: number;
}

/** Per side, seconds of one call in each round. */
export type Times = ReadonlyMap<string, readonly number[]>;

export const local = (name: string, run: () => void): Side => ({
  name,
  measure: (seconds) => secondsPerCall(run, seconds),
});

/** The first call of each side is warm-up and not counted. */
export async function contest(sides: readonly Side[], pace: Pace): Promise<Times> {
  for (const side of sides) await side.measure(pace.seconds / 4);
  const times = new Map<string, number[]>(sides.map((side) => [side.name, []]));
  for (let round = 0; round < pace.rounds; round++) {
    for (const side of sides) times.get(side.name)!.push(await side.measure(pace.seconds));
  }
  return times;
}

/** Seconds of `side`: the median of its rounds. */
export const typical = (times: Times, side: string): number => median(times.get(side)!);

/** How many times faster `side` is than `other`: the median over rounds. */
export function speedup(times: Times, side: string, other: string): number {
  const own = times.get(side)!;
  return median(times.get(other)!.map((seconds, round) => seconds / own[round]!));
}
