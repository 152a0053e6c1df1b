/**
 * @file The training run that a recipe stands for.
 */
import { InputError } from '../../errors.ts';
import { TRAINING_RECIPES } from '../../train/recipes/index.ts';
import type { TrainingRecipe } from '../../train/recipes/recipe.ts';
import { fieldsOf, type RunRecord } from './run-record.ts';
import { TRAINING_DEFAULTS, type TrainingRun } from './training-run.ts';

/** @throws InputError listing the recipes that there are */
export function trainingRecipe(name: string): TrainingRecipe {
  const recipe = TRAINING_RECIPES.find((one) => one.name === name);
  if (recipe) return recipe;
  const names = TRAINING_RECIPES.map((one) => one.name).join(', ');
  throw new InputError(`training recipe: expected one of ${names}, found "${name}"`);
}

/**
 * The run of a recipe: what the recipe leaves out has its default.
 * @throws InputError for a name that no recipe has
 * @example
 * recipeRun('mnist-cnn-strelu').model; // 'cnn'
 */
export function recipeRun(name: string): TrainingRun {
  const { options, seed } = trainingRecipe(name);
  return { ...TRAINING_DEFAULTS, ...fieldsOf(options as Partial<RunRecord>), recipe: name, seed };
}
