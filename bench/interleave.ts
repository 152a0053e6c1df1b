/**
 * @file Interleaved measuring: every round times all sides of a case in turn, so that a slow minute of the machine hits
 * all of them. Ratios are formed within a round; their median is what is reported.
 */
import { median, secondsPerCall } from './timing.ts';

export interface Side {
  readonly name: string;
  /** May fail: it is then left out, and a note says so. */
  readonly optional?: boolean;
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

/**
 * The first call of each side is warm-up and not counted.
 * @param notes gets a line for each optional side that failed; the times lack it
 */
export async function interleave(
  sides: readonly Side[],
  pace: Pace,
  notes: Pick<string[], 'push'> = [],
): Promise<Times> {
  const times = new Map<string, number[]>(sides.map((side) => [side.name, []]));
  for (let round = -1; round < pace.rounds; round++) {
    for (const side of sides) {
      const own = times.get(side.name);
      if (!own) continue;
      try {
        const seconds = await side.measure(round < 0 ? pace.seconds / 4 : pace.seconds);
        if (round >= 0) own.push(seconds);
      } catch (error) {
        if (!side.optional) throw error;
        times.delete(side.name);
        notes.push(`left out: ${(error as Error).message}`);
      }
    }
  }
  return times;
}

/** Seconds of `side`: the median of its rounds. */
export const typical = (times: Times, side: string): number => median(times.get(side)!);

/** Round by round, how many times faster `side` is than `other`. */
export function ratios(times: Times, side: string, other: string): number[] {
  const own = times.get(side)!;
  return times.get(other)!.map((seconds, round) => seconds / own[round]!);
}

/** The median of the ratios. */
export const speedup = (times: Times, side: string, other: string): number =>
  median(ratios(times, side, other));
