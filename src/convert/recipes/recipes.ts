/** @file All recipes by name. */
import { UsageError } from '../../errors.ts';
import type { Recipe } from '../recipe.ts';
import { qcfs } from './qcfs.ts';
import { reluMax } from './relu-max.ts';
import { reluPercentile } from './relu-percentile.ts';
import { strelu } from './strelu.ts';
import { trelu } from './trelu.ts';

export const RECIPES: readonly Recipe[] = [strelu, trelu, qcfs, reluMax, reluPercentile];

/** @throws UsageError that lists the names. */
export function recipeNamed(name: string): Recipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  throw new UsageError(`recipe: expected one of ${RECIPES.map((r) => r.name).join(', ')}, found ${name}`);
}
