/** @file Courses beside the published ones, in Markdown, and as a figure. */
import { fixed, significant } from '../../src/report/format.ts';
import { lineFigure } from '../../src/report/plot/line-figure.ts';
import type { Plotter } from '../../src/report/plot/load.ts';
import type { Figure } from '../../src/report/svg/figure.ts';
import type { MeasuredCourse } from './measure.ts';
import { PUBLISHED, SOURCE } from './published.ts';
import { besideWords, seedOf } from './seeds.ts';

/** 2.2e+14 */
export const flops = (operations: number): string => operations.toExponential(1);

const byOperations = (courses: readonly MeasuredCourse[]): MeasuredCourse[] =>
  courses.toSorted((a, b) => a.operations - b.operations);

export function coursesTable(courses: readonly MeasuredCourse[]): string {
  const rows = byOperations(courses).map(
    ({ name, activation, operations, macs, accuracy, continuous, interval, validation }) =>
      [
        `\`${name}\``,
        activation,
        flops(operations),
        significant(macs / 1e6, 3),
        `${fixed(accuracy, 2)} (${interval.map((bound) => fixed(bound, 2)).join(' to ')})`,
        continuous === undefined ? '-' : fixed(continuous, 2),
        validation > 0 ? `${validation} images held out` : 'test images',
      ].join(' | '),
  );
  return [
    '| course | activation | training FLOPs | MMAC an image | test % (95 %) | its grid off, % | choices made on |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

/**
 * Each of the other courses beside one, with the same seed, on the same images; where the answers are not known there is no row.
 * @param beside its name; without one the first
 */
export function coursePairs(courses: readonly MeasuredCourse[], beside?: string): string {
  const first = courses.find(({ name }) => beside === undefined || name === beside);
  const others = courses.filter((course) => course !== first);
  const rows = others
    .filter((course) => seedOf(course).seed === seedOf(first!).seed)
    .filter(({ right, images }) => right && first!.right && images === first!.images)
    .map((course) => {
      const difference = fixed(first!.accuracy - course.accuracy, 2);
      return `| \`${course.name}\` | ${difference} | ${besideWords([first!], [course])} |`;
    });
  return [`| beside | points that \`${first!.name}\` has more | which is |`, '|---|---:|---|', ...rows].join(
    '\n',
  );
}

/** Accuracy against the operations of the training. */
export function coursesFigure(plotter: Plotter, courses: readonly MeasuredCourse[]): Figure {
  const point = (name: string, operations: number, accuracy: number, reach?: number) => ({
    ...{
      x: operations / 1e15,
      y: accuracy,
      says: `${name}: ${fixed(accuracy, 2)} % for ${flops(operations)}`,
    },
    ...(reach !== undefined && { reach }),
  });
  const ours = byOperations(courses).map(({ name, operations, accuracy, interval: [low, high] }) =>
    point(name, operations, accuracy, (high - low) / 2),
  );
  const theirs = PUBLISHED.map(({ name, operations, accuracy }) => point(name, operations, accuracy));
  return lineFigure(
    plotter,
    {
      id: 'training-operations',
      title: 'CIFAR-10: accuracy against operations of the training',
      caption: `Test accuracy of this project's recipes, one run each with its 95 % interval, no averaging over views; beside them published means of many runs with six views averaged (${SOURCE}).`,
    },
    { label: 'floating-point operations of the training (10^15)', scale: 'log10' },
    { label: 'test accuracy (%)' },
    [
      { name: 'this project', points: ours, joined: false, bold: true },
      { name: 'published, six views averaged', points: theirs },
    ],
  );
}
