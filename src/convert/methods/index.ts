/** @file All recipes by name. */
import { UsageError } from '../../errors.ts';
import type { Recipe } from '../method.ts';
import { qcfs } from './qcfs.ts';
import { reluBalanced } from './relu-balanced.ts';
import { reluBurst } from './relu-burst.ts';
import { reluCalibrated } from './relu-calibrated.ts';
import { reluMax } from './relu-max.ts';
import { reluMemory } from './relu-memory.ts';
import { reluPercentile } from './relu-percentile.ts';
import { reluRmp } from './relu-rmp.ts';
import { strelu } from './strelu.ts';
import { tleakyRelu } from './tleaky-relu.ts';
import { trelu } from './trelu.ts';
import { treluMemory } from './trelu-memory.ts';
import { treluZero } from './trelu-zero.ts';

export const RECIPES: readonly Recipe[] = [
  strelu,
  trelu,
  treluZero,
  treluMemory,
  tleakyRelu,
  qcfs,
  reluMax,
  reluPercentile,
  reluBalanced,
  reluRmp,
  reluCalibrated,
  reluMemory,
  reluBurst,
];

/** @throws UsageError that lists the names. */
export function recipeNamed(name: string): Recipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  throw new UsageError(`recipe: expected one of ${RECIPES.map((r) => r.name).join(', ')}, found ${name}`);
}
