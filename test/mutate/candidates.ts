/** @file The mutants of whole rooms, and a sample of them. */
import { stripTypeScriptTypes } from 'node:module';
import { type Mutant, mutantsOf } from './mutants.ts';
import { digest, sources, textOf } from './paths.ts';
import { keysOf } from './results.ts';

/** A mutant with all that is needed to try it. */
export interface Candidate {
  readonly key: string;
  readonly room: string;
  readonly file: string;
  /** JavaScript of the source without the change; types are blanks. */
  readonly text: string;
  readonly mutant: Mutant;
}

export function candidatesOf(room: string): Candidate[] {
  return sources(room).flatMap((file) => {
    const text = stripTypeScriptTypes(textOf(file));
    const mutants = mutantsOf(text);
    return keysOf(file, mutants).map((key, i) => ({ key, room, file, text, mutant: mutants[i]! }));
  });
}

/** Any longer sample of a seed begins with the shorter ones. */
export function draw(from: readonly Candidate[], seed: string, count?: number): Candidate[] {
  const ranked = from.map((one) => ({ one, rank: digest(`${seed} ${one.key}`) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked.slice(0, count).map(({ one }) => one);
}
