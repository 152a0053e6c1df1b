/** @file What a training costs in floating-point operations, counted as the published courses count theirs. */
import { InputError } from '../../src/errors.ts';
import { recipeRun, type TrainingRun } from '../../src/lab/index.ts';

/** Forward, and backward to the inputs and to the weights. */
const PASSES = 3;
/** Of a multiply-accumulate. */
const OPERATIONS = 2;

/** What decides how many images go through the network. */
export type Course = Pick<TrainingRun, 'epochs' | 'batchSize' | 'limit' | 'validation' | 'from'>;

/** The images that a course trains on, each pass counted: a last batch that is not full is left out. */
export function imagesTrained({ epochs, batchSize, limit, validation }: Course, count: number): number {
  const shown = Math.min(limit ?? count, count) - validation;
  return epochs * batchSize * Math.floor(shown / batchSize);
}

/**
 * The course and all that it went on from, with this network.
 * @param macs multiply-accumulates of one image
 * @param count training images of the data set
 * @throws InputError when a course went on from a network that no recipe makes
 */
export function operationsOf(course: Course, macs: number, count: number): number {
  let images = 0;
  for (let one: Course | null = course; one !== null; one = before(one)) images += imagesTrained(one, count);
  return PASSES * OPERATIONS * macs * images;
}

function before({ from }: Course): Course | null {
  if (from === null) return null;
  const recipe = /([^/]+)\.safetensors$/.exec(from)?.[1];
  if (recipe === undefined) throw new InputError(`courses: ${from}: expected the network of a recipe`);
  return recipeRun(recipe);
}
