/** @file One course with several seeds: its mean, and each course beside another, seed by seed on the same images. */
import { fixed } from '../../src/report/format.ts';
import { paired, pairedWords } from '../../src/report/mcnemar.ts';
import { unpackRight } from '../../src/report/right-answers.ts';
import { mean } from '../../src/report/seeds/over-seeds.ts';
import type { MeasuredCourse } from './measure.ts';

/** Of a recipe or a file; with another seed than the recipe's, as `train --recipe` would take it. */
export const courseName = (name: string, seed: number, usual: number): string =>
  seed === usual ? name : `${name} --seed ${seed}`;

/** What stands behind a name: without a seed the recipe's own, which of all recipes is 1. */
export function seedOf({ name }: Pick<MeasuredCourse, 'name'>): {
  readonly recipe: string;
  readonly seed: number;
} {
  const [recipe, seed = '1'] = name.split(' --seed ');
  return { recipe: recipe!, seed: Number(seed) };
}

/** Seed -> course, of each recipe that was trained with several. */
function bySeed(courses: readonly MeasuredCourse[]): Map<string, Map<number, MeasuredCourse>> {
  const recipes = new Map<string, Map<number, MeasuredCourse>>();
  for (const course of courses) {
    const { recipe, seed } = seedOf(course);
    recipes.set(recipe, (recipes.get(recipe) ?? new Map()).set(seed, course));
  }
  return new Map([...recipes].filter(([, seeds]) => seeds.size > 1));
}

/**
 * The courses that were trained with the same seeds as `beside`, in Markdown; McNemar's exact test is over the images of all seeds.
 * @param beside a recipe
 */
export function seedsTable(courses: readonly MeasuredCourse[], beside: string): string {
  const recipes = bySeed(courses);
  const first = recipes.get(beside);
  if (!first) return '';
  const seeds = [...first.keys()].sort((a, b) => a - b);
  const rows = [...recipes]
    .filter(([, of]) => of.size === seeds.length && seeds.every((seed) => of.has(seed)))
    .map(([recipe, of]) => {
      const each = seeds.map((seed) => of.get(seed)!);
      const others = seeds.map((seed) => first.get(seed)!);
      const cells = [
        ...[`\`${recipe}\``, ...accuracies(each).map((one) => fixed(one, 2))],
        ...[fixed(mean(accuracies(each)), 2), offGrid(each)],
      ];
      if (recipe === beside) return [...cells, '', ''];
      const difference = fixed(mean(accuracies(others)) - mean(accuracies(each)), 2);
      return [...cells, difference, besideWords(others, each)];
    });
  const heads = seeds.map((seed) => `seed ${seed}, %`);
  return [
    ['course', ...heads, 'mean, %', 'grid off, mean, %', `points that \`${beside}\` has more`, 'which is'],
    ['---', ...heads.map(() => '---:'), '---:', '---:', '---:', '---'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const accuracies = (courses: readonly MeasuredCourse[]): number[] => courses.map(({ accuracy }) => accuracy);

/** The mean off the training grid. */
function offGrid(courses: readonly MeasuredCourse[]): string {
  const known = courses.flatMap(({ continuous }) => continuous ?? []);
  return known.length < courses.length ? '-' : fixed(mean(known), 2);
}

/** The first beside the second, over the images of all seeds, in words. */
export function besideWords(first: readonly MeasuredCourse[], second: readonly MeasuredCourse[]): string {
  const ones = new Uint8Array(rightAnswers(first).length).fill(1);
  return pairedWords(paired(rightAnswers(first), rightAnswers(second), ones));
}

/** For each image of each course 1 where it is put into its class. */
const rightAnswers = (courses: readonly MeasuredCourse[]): Uint8Array =>
  Uint8Array.from(courses.flatMap(({ right = '', images }) => [...unpackRight(right, images)]));
