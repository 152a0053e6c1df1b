/**
 * @file How a trained network says where it comes from: the command line that makes it again.
 */
import { presentWords } from './former-names.ts';
import { recipeRun } from './recipe-run.ts';
import { RECORD_NAMES, type RunRecord, recordOf } from './run-record.ts';
import { TRAINING_DEFAULTS } from './training-run.ts';

/**
 * Options that have the value of the recipe, or the default, are left out; the seed is always there.
 * @param found the record of a run, or the provenance of a model file; names may be former ones
 * @throws InputError for a recipe that does not exist
 * @example
 * trainCommand({ dataset: 'mnist', levels: 4, flip: true, seed: 7 });
 * // 'strelu train --dataset mnist --levels 4 --flip --seed 7'
 */
export function trainCommand(found: Readonly<Record<string, unknown>>): string {
  const record = presentWords(found);
  const { recipe, seed } = record;
  const named = recipe !== undefined && recipe !== null;
  const usual: RunRecord = recordOf(named ? recipeRun(String(recipe)) : TRAINING_DEFAULTS);
  const words = ['strelu', 'train', ...(named ? ['--recipe', String(recipe)] : [])];
  for (const name of Object.values(RECORD_NAMES)) {
    const value = record[name];
    if (name === 'recipe' || name === 'seed') continue;
    if (value === undefined || value === null || value === usual[name]) continue;
    // a flag that the recipe sets cannot be taken back on the command line
    words.push(`--${name}`, ...(value === true ? [] : [String(value)]));
  }
  return [...words, '--seed', String(seed)].join(' ');
}
