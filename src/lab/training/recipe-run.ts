/**
 * @file The training run that a recipe stands for.
 */
import { InputError } from '../../errors.ts';
import { TRAINING_RECIPES, type TrainingRecipe } from './recipes.ts';
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
  return { ...TRAINING_DEFAULTS, ...trainingRecipe(name).run, recipe: name };
}
