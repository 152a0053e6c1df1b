/** @file Mutants that no test can notice, since they compute the same: each with its reason, read by people and by the score. */
import { readFileSync } from 'node:fs';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import type { Mutant } from './mutants.ts';

export interface Equivalent {
  readonly file: string;
  /** The line as it is, without indentation. */
  readonly text: string;
  /** What the line may become; left out: whatever it becomes. */
  readonly to?: string;
  readonly why: string;
}

export const EQUIVALENT: readonly Equivalent[] = JSON.parse(
  readFileSync(new URL('../test/mutate/equivalent.json', SOURCE_FOLDER), 'utf8'),
);

export function isEquivalent(file: string, { before, after }: Mutant): boolean {
  return EQUIVALENT.some(
    (one) => one.file === file && one.text === before && (one.to === undefined || one.to === after),
  );
}
