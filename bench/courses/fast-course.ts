/** @file The course for few operations in words: its curve, and how it stands to the older course and to the published ones. */
import { basename } from 'node:path';
import { recipeRun, stepSeconds, trainingRecipe } from '../../src/lab/index.ts';
import { duration, fixed } from '../../src/report/format.ts';
import type { Result } from '../../src/report/result.ts';
import type { EpochSummary } from '../../src/train/checkpoint.ts';
import type { MeasuredCourse } from './measure.ts';
import { operationsOf } from './operations.ts';
import { PUBLISHED } from './published.ts';
import { besideWords } from './seeds.ts';
import { flops } from './table.ts';

const FAST = 'cifar-fast-strelu';
/** The older course in its first stage; its network is not kept, so it is counted as the one of the last stage. */
const OLDER = 'cifar-vgg8-strelu';
const LAST_STAGE = 'cifar-vgg8-strelu-2';
/** Training images. */
const IMAGES = { 'cifar-10': 50_000, 'fashion-mnist': 60_000 };

interface Trained {
  readonly config: { readonly dataset: keyof typeof IMAGES };
  readonly ann: {
    /** Percent of the test images. */
    readonly accuracy: number;
    readonly images: number;
    readonly interval: readonly number[];
    readonly validation: { readonly images: number };
  };
  readonly train: {
    readonly curve: readonly EpochSummary[];
  };
}

/** @param result of `train` with the recipe @param courses what `npm run courses` found */
export function fastCourseWords(result: Result, courses: readonly MeasuredCourse[]): string {
  const [fast, last] = [FAST, LAST_STAGE].map((name) => named(courses, name)) as [
    MeasuredCourse,
    MeasuredCourse,
  ];
  const older = trainingRecipe(OLDER).measured!.accuracy;
  const before = operationsOf(recipeRun(OLDER), last.macs, IMAGES['cifar-10']);
  const published = PUBLISHED[0]!;
  const points = (from: number): string =>
    `${fixed(Math.abs(from - fast.accuracy), 2)} points ${from >= fast.accuracy ? 'more' : 'less'}`;
  return [
    ...curveWords(result),
    `The older course reached ${fixed(older, 2)} % in its first stage, for ${flops(before)} operations: ${points(older)} for ${timesAsMany(before / fast.operations)} operations.`,
    `The published one, ${published.name}, reaches ${fixed(published.accuracy, 2)} % for ${flops(published.operations)}: ${points(published.accuracy)}.`,
  ].join('\n');
}

/** 'as many', '1.4 times as many' */
function timesAsMany(ratio: number): string {
  const times = fixed(ratio, 1);
  return times === '1.0' ? 'as many' : `${times} times as many`;
}

/**
 * A recipe that goes on from the network of another.
 * @param result of `train` with it
 * @param courses what `npm run courses` found
 */
export function stageWords(result: Result, courses: readonly MeasuredCourse[], recipe: string): string {
  const { from, levels } = recipeRun(recipe);
  const before = basename(from!, '.safetensors');
  const [here, there] = [recipe, before].map((name) => named(courses, name)) as [
    MeasuredCourse,
    MeasuredCourse,
  ];
  const [low, high] = here.interval.map((percent) => fixed(percent, 2));
  const difference = here.accuracy - there.accuracy;
  return [
    ...curveWords(result),
    `With all that it went on from it cost ${flops(here.operations)} operations. On its grid of T = ${levels} the network answers ${fixed(here.accuracy, 2)} % of the test images (95 % interval ${low} to ${high}): ${fixed(Math.abs(difference), 2)} points ${difference >= 0 ? 'more' : 'less'} than \`${before}\` on its grid of T = ${recipeRun(before).levels}.`,
  ].join('\n');
}

/** The course with an activation that has neither clip nor grid. @param result of `train` with the recipe */
export function unclippedWords(result: Result, courses: readonly MeasuredCourse[]): string {
  const { accuracy, images, interval } = (result as unknown as Trained).ann;
  const [low, high] = interval.map((percent) => fixed(percent, 2));
  const published = PUBLISHED[0]!;
  return [
    ...curveWords(result),
    `It answers ${fixed(accuracy, 2)} % of the ${images} test images (95 % interval ${low} to ${high}), which were looked at once: ${more(accuracy - named(courses, FAST).accuracy)} than \`${FAST}\` on its grid, and ${more(accuracy - published.accuracy)} than ${published.name}, of whose images six views are averaged.`,
  ].join('\n');
}

/** The course with an activation from 0 to theta, on a grid of as many values. */
export function oneSidedWords(result: Result, courses: readonly MeasuredCourse[], recipe: string): string {
  const { accuracy, images, interval } = (result as unknown as Trained).ann;
  const [low, high] = interval.map((percent) => fixed(percent, 2));
  const [levels, both] = [recipe, FAST].map((name) => recipeRun(name).levels);
  return [
    ...curveWords(result),
    `On its grid of ${levels} levels above 0 it answers ${fixed(accuracy, 2)} % of the ${images} test images (95 % interval ${low} to ${high}), which were looked at once: ${more(accuracy - named(courses, FAST).accuracy)} than \`${FAST}\` on its grid of ${both} on each side of 0.`,
  ].join('\n');
}

/**
 * The course with a last layer that reads what neurons send above their rest, beside the one without and beside the threshold ReLU
 * that it is, moved.
 */
export function restWords(result: Result, courses: readonly MeasuredCourse[], recipe: string): string {
  const here = named(courses, recipe);
  const beside = (name: string): string => {
    const there = named(courses, name);
    return `${more(here.accuracy - there.accuracy)} than \`${name}\`, ${besideWords([here], [there])}`;
  };
  const off =
    here.continuous === undefined ? '' : `, and ${fixed(here.continuous, 2)} % with its training grid off`;
  return [
    otherSetWords(result, courses, recipe),
    `With batch norms folded it answers ${fixed(here.accuracy, 2)} %${off}. That is ${beside(FAST)}; and ${beside('cifar-fast-trelu')}.`,
  ].join('\n');
}

/** The course on another data set. @param result of `train` with the recipe */
export function otherSetWords(result: Result, _: readonly MeasuredCourse[], recipe: string): string {
  const { accuracy, images, interval } = (result as unknown as Trained).ann;
  const [low, high] = interval.map((percent) => fixed(percent, 2));
  return [
    ...curveWords(result),
    `On its grid of T = ${recipeRun(recipe).levels} the network answers ${fixed(accuracy, 2)} % of the ${images} test images (95 % interval ${low} to ${high}), which were looked at once.`,
  ].join('\n');
}

const more = (by: number): string => `${fixed(Math.abs(by), 2)} points ${by >= 0 ? 'more' : 'less'}`;

function curveWords(result: Result): string[] {
  const { ann, train, config } = result as unknown as Trained;
  const seconds = stepSeconds(train.curve, IMAGES[config.dataset] - ann.validation.images);
  const curve = train.curve.map(({ testAccuracy }) => fixed(testAccuracy, 2)).join(', ');
  return [
    `Accuracy on the ${ann.validation.images} validation images after each of the ${train.curve.length} epochs: ${curve} %; on the images that it learned it was ${fixed(train.curve.at(-1)!.trainAccuracy, 2)} % in the last.`,
    `Its steps took ${duration(seconds)}${result.config.resume ? ', over all sittings,' : ''} on ${result.config.workers === 1 ? 'one thread of a machine' : 'two cores'} that had other work too.`,
  ];
}

const named = (courses: readonly MeasuredCourse[], name: string): MeasuredCourse =>
  courses.find((course) => course.name === name)!;
