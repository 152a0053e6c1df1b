/** @file Tries one mutant: the tests that reach its place run with it, likely killers first, until one notices. */
import type { Mutant } from './mutants.ts';
import { digest, textOf } from './paths.ts';
import { holds, type Reach } from './reach.ts';
import { mutatedEnv, runTest } from './run-test.ts';

/** Killed: a test failed. Late: one never ended. Unreached: no test runs the place. */
export type Verdict = 'killed' | 'late' | 'survived' | 'unreached';

export interface Trial {
  readonly verdict: Verdict;
  /** The test that noticed. */
  readonly by?: string;
}

/** A loop without end is told from a slow machine by so many seconds, and so many times what the test takes. */
const LATE_SECONDS = 10;
const LATE_TIMES = 2;

/**
 * @param text JavaScript of the source without the change
 * @param patience tests that would take longer together, alone and without a mutant, are not all run
 * @param kills how many mutants of this source each test has noticed
 */
export async function tryMutant(
  file: string,
  text: string,
  mutant: Mutant,
  reach: Reach,
  patience: number,
  kills: ReadonlyMap<string, number>,
): Promise<Trial> {
  const tests = order(file, mutant, reach, kills);
  if (tests.length === 0) return { verdict: 'unreached' };
  const env = mutatedEnv(file, text, mutant);
  let spent = 0;
  for (const test of tests) {
    const { seconds } = reach.tests[test]!;
    if (spent > 0 && spent + seconds > patience) continue;
    spent += seconds;
    const { outcome } = await runTest(test, env, LATE_SECONDS + LATE_TIMES * seconds);
    if (outcome !== 'passed') return { verdict: outcome === 'late' ? 'late' : 'killed', by: test };
  }
  return { verdict: 'survived' };
}

/** The tests that reach a place, by what they are likely to cost until one notices. */
function order(file: string, { start }: Mutant, reach: Reach, kills: ReadonlyMap<string, number>): string[] {
  const costs: [test: string, cost: number][] = [];
  const moved = reach.digests[file] !== digest(textOf(file)); // offsets of another text: whoever loads it counts
  for (const [test, { seconds, sources }] of Object.entries(reach.tests)) {
    const here = sources[file];
    const unheard = reach.digests[file] === undefined && closeness(file, test) > 0; // a source that is new: tests of its room
    if (!(unheard || (here && (moved || holds(here.places, start))))) continue;
    const stranger = unheard || here?.functions ? 1 : 5;
    costs.push([test, (seconds * stranger) / (1 + closeness(file, test) ** 2 + 2 * (kills.get(test) ?? 0))]);
  }
  return costs.sort((a, b) => a[1] - b[1]).map(([test]) => test);
}

/** How many folders and words of the name a test has in common with a source. */
function closeness(file: string, test: string): number {
  const source = file.slice('src/'.length, -'.ts'.length).split('/');
  const words = test.slice(0, -'.test.ts'.length).split('/');
  let common = 0;
  while (common < source.length && source[common] === words[common]) common++;
  return common;
}
