/**
 * @file A training recipe as options: its values stand where the user has written nothing.
 */
import { UsageError } from '../../errors.ts';
import type { Values } from '../../terminal/options.ts';
import { TRAINING_RECIPES } from '../../train/recipes/index.ts';
import type { TrainingRecipe } from '../../train/recipes/recipe.ts';
import { refuseUseless } from '../options/refuse-useless.ts';
import { RUN_OPTIONS, type RunOptions } from '../options/training.ts';

type RunValues = Values<RunOptions> & { readonly seed: number };

/** These make a recipe what it is. */
const FIXED: readonly string[] = ['dataset', 'model', 'activation'];

export interface Applied<V> {
  readonly values: V;
  /** What the user changed: "--epochs 3 instead of 20". */
  readonly changes: readonly string[];
}

export function recipeNamed(name: string): TrainingRecipe {
  return TRAINING_RECIPES.find((recipe) => recipe.name === name)!;
}

/**
 * @param given options that the user wrote out
 * @throws UsageError for a change that makes another recipe of it, or one of its options useless
 */
export function applyRecipe<V extends RunValues>(values: V, given: ReadonlySet<string>): Applied<V> {
  if (values.recipe === null) {
    refuseUseless(values, given);
    return { values, changes: [] };
  }
  const recipe = recipeNamed(values.recipe);
  const changed: Record<string, unknown> = { ...values };
  const changes: string[] = [];
  const stated: (readonly [string, unknown])[] = [['seed', recipe.seed], ...recipeValues(recipe)];
  for (const [name, value] of stated) {
    if (!given.has(name)) changed[name] = value;
    else if (changed[name] !== value) {
      if (FIXED.includes(name))
        throw new UsageError(
          `--${name} ${changed[name]}: recipe ${recipe.name} is for ${value}; choose another, or write the options out`,
        );
      changes.push(`--${name} ${changed[name]} instead of ${value}`);
    }
  }
  for (const name of given) {
    const unstated = Object.hasOwn(RUN_OPTIONS, name) && !Object.hasOwn(recipe.options, name);
    if (unstated && name !== 'recipe') changes.push(`--${name} ${changed[name]}`);
  }
  try {
    refuseUseless(changed as unknown as RunValues, new Set([...given, ...Object.keys(recipe.options)]));
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`recipe ${recipe.name}: ${error.message}`);
    throw error;
  }
  return { values: changed as V, changes };
}

/** The recipe's options as the command line would read them. */
function recipeValues({ name, options }: TrainingRecipe): [string, unknown][] {
  return Object.entries(options).map(([option, value]): [string, unknown] => {
    const known = Object.hasOwn(RUN_OPTIONS, option) ? RUN_OPTIONS[option as keyof RunOptions] : undefined;
    if (!known) throw new Error(`recipe ${name}: train has no option ${option}`);
    return [option, known.parse(String(value))];
  });
}

/** For the help. */
export function recipeList(): { name: string; help: string }[] {
  return TRAINING_RECIPES.map(({ name, purpose, measured }) => {
    const found =
      measured === null ? '' : `; ${measured.accuracy.toFixed(2)} % in ${measured.minutes} minutes`;
    return { name, help: `${purpose}${found}` };
  });
}
