/** @file What every mutant tried came to, one line of JSON each: a later line about the same mutant counts. A run goes on from there. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import type { Mutant } from './mutants.ts';
import { KEPT } from './paths.ts';
import type { Trial } from './trial.ts';

const FILE = `${KEPT}results.jsonl`;

export interface Result extends Trial {
  readonly key: string;
  /** Whether a test noticed it when it was first tried, before tests were written for it. */
  readonly atFirst?: boolean;
}

/** A mutant's name: it stays while other lines of the source change. */
export function keysOf(file: string, mutants: readonly Mutant[]): string[] {
  const seen = new Map<string, number>();
  return mutants.map(({ before, after }) => {
    const key = `${file}|${before}|${after}`;
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? key : `${key}|${times}`;
  });
}

export function readResults(): Map<string, Result> {
  const results = new Map<string, Result>();
  if (!existsSync(FILE)) return results;
  for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    if (line === '') continue;
    const result = JSON.parse(line) as Result;
    const noticed = result.verdict === 'killed' || result.verdict === 'late';
    results.set(result.key, { ...result, atFirst: results.get(result.key)?.atFirst ?? noticed });
  }
  return results;
}

export function keepResult(result: Result): void {
  mkdirSync(KEPT, { recursive: true });
  appendFileSync(FILE, `${JSON.stringify(result)}\n`);
}
