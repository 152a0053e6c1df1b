/**
 * @file `--recipe NAME`: the values of a training recipe stand where the user has written nothing.
 */
import { UsageError } from '../../errors.ts';
import { recipeRun, trainingRecipe } from '../../lab/training/recipe-run.ts';
import { TRAINING_RECIPES } from '../../lab/training/recipes.ts';
import { RECORD_NAMES, type RunRecord, recordOf } from '../../lab/training/run-record.ts';
import { fixed } from '../../report/format.ts';
import { refuseUseless } from './refuse-useless.ts';

/** These make a recipe what it is. */
const FIXED: readonly (keyof RunRecord)[] = ['dataset', 'model', 'activation'];

export interface Applied {
  readonly record: RunRecord;
  /** What the user changed: "--epochs 3 instead of 20". */
  readonly changes: readonly string[];
}

/**
 * @param written the values of all options
 * @param given options that the user wrote out
 * @throws UsageError for a change that makes another recipe of it, or one of its options useless
 */
export function applyRecipe(written: RunRecord, given: ReadonlySet<string>): Applied {
  if (written.recipe === null) {
    refuseUseless(written, given);
    return { record: written, changes: [] };
  }
  const { name: recipe, run } = trainingRecipe(written.recipe);
  const statement = recordOf(run);
  const planned = recordOf(recipeRun(recipe));
  const own = Object.values(RECORD_NAMES).filter((name) => given.has(name));
  const stated = (name: keyof RunRecord): boolean => Object.hasOwn(statement, name);
  const changed = own.filter((name) => name !== 'recipe' && written[name] !== planned[name]);
  const fixed = changed.find((name) => FIXED.includes(name));
  if (fixed)
    throw new UsageError(
      `--${fixed} ${written[fixed]}: recipe ${recipe} is for ${planned[fixed]}; choose another, or write the options out`,
    );
  const chosen = { ...planned, ...Object.fromEntries(own.map((name) => [name, written[name]])) } as RunRecord;
  const record = {
    ...chosen,
    // in fewer epochs than these take they take all of them
    ...Object.fromEntries(
      (['warmup', 'first-bias-epochs'] as const)
        .filter((name) => !given.has(name))
        .map((name) => [name, Math.min(chosen[name], chosen.epochs)]),
    ),
  };
  try {
    refuseUseless(record, new Set([...given, ...Object.keys(statement)]), given);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`recipe ${recipe}: ${error.message}`);
    throw error;
  }
  return {
    record,
    changes: [
      ...changed.filter(stated).map((name) => `--${name} ${written[name]} instead of ${planned[name]}`),
      ...own.filter((name) => name !== 'recipe' && !stated(name)).map((name) => `--${name} ${written[name]}`),
    ],
  };
}

/** For the help. */
export function recipeList(): { name: string; help: string }[] {
  return TRAINING_RECIPES.map(({ name, purpose, measured }) => {
    const found =
      measured === null ? '' : `; ${fixed(measured.accuracy, 2)} % in ${measured.minutes} minutes`;
    return { name, help: `${purpose}${found}` };
  });
}
