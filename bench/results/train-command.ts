/** @file The command line that trains a network again, from what its file says of it. */

import { RUN_OPTIONS, type RunOptions } from '../../src/cli/options/training.ts';
import { applyRecipe } from '../../src/cli/training/apply-recipe.ts';
import { presentWords } from '../../src/cli/training/former-names.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';

/** Options that are what the recipe, or the default, says are left out; the seed is always there. */
export function trainCommand(provenance: Readonly<Record<string, unknown>>, out: string): string {
  const { recipe, seed } = provenance;
  const begun = recipe === undefined ? [] : ['--recipe', String(recipe)];
  const { values, given } = parseOptions(begun, { ...RUN_OPTIONS, seed: COMMON_OPTIONS.seed });
  const { values: usual } = applyRecipe(values, given);
  const options = presentWords(provenance);
  const words = ['strelu', 'train', ...begun];
  for (const name of Object.keys(RUN_OPTIONS) as (keyof RunOptions)[]) {
    const value = options[name];
    if (name === 'recipe' || value === undefined || value === usual[name]) continue;
    // a flag that the recipe sets cannot be taken back on the command line
    words.push(`--${name}`, ...(value === true ? [] : [String(value)]));
  }
  return [...words, '--seed', String(seed), '--out', out].join(' ');
}
