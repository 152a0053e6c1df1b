/** @file What a course costs: the images that it and its predecessors really train on; the rows and the figure made of it. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CoursesFile, courses } from '../../bench/courses/main.ts';
import { type MeasuredCourse, measureCourse } from '../../bench/courses/measure.ts';
import { type Course, imagesTrained, operationsOf } from '../../bench/courses/operations.ts';
import { PUBLISHED } from '../../bench/courses/published.ts';
import { courseName, seedOf, seedsTable } from '../../bench/courses/seeds.ts';
import { coursePairs, coursesFigure, coursesTable } from '../../bench/courses/table.ts';
import { InputError } from '../../src/errors.ts';
import { recipeRun } from '../../src/lab/index.ts';
import { loadPlot } from '../../src/report/plot/load.ts';
import { createRuntime } from '../../src/runtime.ts';

const CIFAR = 50_000;

test('images of a course: whole batches of what is not held out, in every epoch', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 40 }),
      fc.option(fc.integer({ min: 60, max: 500 })),
      fc.integer({ min: 0, max: 59 }),
      (epochs, batchSize, limit, validation) => {
        const course = { epochs, batchSize, limit, validation, from: null };
        let images = 0;
        for (let epoch = 0; epoch < epochs; epoch++)
          for (let left = Math.min(limit ?? 300, 300) - validation; left >= batchSize; left -= batchSize)
            images += batchSize;
        assert.equal(imagesTrained(course, 300), images);
        assert.equal(operationsOf(course, 7, 300), 42 * images);
      },
    ),
  );
});

test('a course that went on from another counts it too, to the first of them', () => {
  const last = recipeRun('cifar-vgg8-strelu-2');
  const chain = ['cifar-vgg8-strelu', 'cifar-vgg8-qcfs', 'cifar-vgg8-qcfs-long', 'cifar-vgg8-strelu-2'];
  const images = chain.reduce((sum, name) => sum + imagesTrained(recipeRun(name), CIFAR), 0);
  assert.equal(operationsOf(last, 10, CIFAR), 60 * images);
  const unknown: Course = { ...last, from: 'runs/nothing.safetensors' };
  assert.throws(() => operationsOf(unknown, 10, CIFAR), InputError);
  assert.throws(
    () => operationsOf({ ...last, from: 'somewhere' }, 10, CIFAR),
    /expected the network of a recipe/,
  );
});

test('a network of another data set is refused before its images are looked for: the published courses are of CIFAR-10', async () => {
  const runtime = createRuntime();
  try {
    await assert.rejects(
      () => measureCourse(runtime, 'pretrained:strokes-lenet-strelu', undefined),
      /^InputError: pretrained:strokes-lenet-strelu: expected a network that learned cifar-10, .*, found one of strokes; choose another$/,
    );
  } finally {
    runtime.close();
  }
});

test('into an earlier result: its courses stay in their places, with the run that measured them; another file is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-courses-'));
  const path = (name: string): string => join(folder, name);
  const asked = {
    into: path('a.json'),
    beside: null,
    json: path('b.json'),
    svg: null,
    data: null,
    workers: 1,
  };
  const course = (name: string, right: string): MeasuredCourse => ({
    ...{ name, dataset: 'cifar-10', activation: 'strelu', command: 'strelu train', macs: 1, operations: 1 },
    ...{ accuracy: 50, interval: [0, 100], images: 8, validation: 0, right },
  });
  const run = { version: '0', date: '2020-01-01', machine: { processor: 'a machine' } };
  const earlier = { command: 'courses', ...run, courses: [course('one', 'ff'), course('two', '00')] };
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  try {
    await writeFile(asked.into, JSON.stringify(earlier));
    await courses([], asked, say);
    const {
      courses: found,
      origins,
      ...written
    } = JSON.parse(await readFile(asked.json, 'utf8')) as CoursesFile;
    assert.deepEqual(found, earlier.courses);
    assert.deepEqual(written, { command: 'courses', ...run }, 'nothing was added: no new date');
    assert.deepEqual(origins, [{ ...run, networks: ['one', 'two'] }]);
    await courses([], { ...asked, beside: 'two' }, say);
    assert.match(said.at(-1)!, /points that `two` has more .*\n.*\n\| `one` \| /);
    await assert.rejects(
      () => courses([], { ...asked, beside: 'three' }, say),
      /^UsageError: --beside three: expected one of one, two; choose one$/,
    );
    await writeFile(asked.into, '{"command":"results","networks":[]}');
    await assert.rejects(
      () => courses([], asked, say),
      /^InputError: --into .*a\.json: expected what npm run courses/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('rows by what they cost; the figure has every point, and the published ones', async () => {
  const course = (name: string, operations: number, validation: number): MeasuredCourse => ({
    ...{ name, dataset: 'cifar-10', activation: 'strelu', command: 'strelu train', macs: 1.5e8, operations },
    ...{ accuracy: 92.5, interval: [91.9, 93], images: 10_000, validation },
  });
  const both = [course('dear', 2e15, 0), course('cheap', 2e14, 5000)];
  const rows = coursesTable(both).split('\n').slice(2);
  assert.equal(
    rows[0],
    '| `cheap` | strelu | 2.0e+14 | 150 | 92.50 (91.90 to 93.00) | - | 5000 images held out |',
  );
  assert.match(rows[1]!, /^\| `dear` .* \| test images \|$/);
  const { content, caption } = coursesFigure(await loadPlot(), both);
  for (const name of ['dear', 'cheap', ...PUBLISHED.map((one) => one.name)])
    assert.ok(content.includes(`<title>${name}: `), name);
  assert.match(caption, /means of many runs with six views averaged/);
});

test('the first beside each other one, on the same images; without answers, or on other images, no row', () => {
  const course = (name: string, right: string | undefined, images = 8): MeasuredCourse => ({
    ...{ name, dataset: 'cifar-10', activation: 'strelu', command: 'strelu train', macs: 1, operations: 1 },
    ...{ accuracy: 50, interval: [0, 100], images, validation: 0, ...(right && { right }) },
  });
  const others = [course('worse', '00'), course('former', undefined), course('others', 'f0', 4)];
  const rows = coursePairs([course('all', 'ff'), ...others])
    .split('\n')
    .slice(2);
  assert.deepEqual(rows, ['| `worse` | 0.00 | better (p = 0.0078; 8 and 0 images) |']);
});

test('with several seeds: the mean, and the test over the images of all; a course that lacks a seed has no row', () => {
  const course = (name: string, right: string, accuracy: number): MeasuredCourse => ({
    ...{ name, dataset: 'cifar-10', activation: 'strelu', command: 'strelu train', macs: 1, operations: 1 },
    ...{ accuracy, interval: [0, 100], images: 8, validation: 0, right },
  });
  const all = [
    ...[
      { ...course('a', 'ff', 100), continuous: 90 },
      { ...course('b', '0f', 50), continuous: 60 },
    ],
    ...[course('c', '00', 0), course('b --seed 2', '3f', 75)],
    { ...course('a --seed 2', 'f3', 75), continuous: 70 },
  ];
  const rows = seedsTable(all, 'a').split('\n');
  assert.deepEqual(rows, [
    '| course | seed 1, % | seed 2, % | mean, % | grid off, mean, % | points that `a` has more | which is |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    '| `a` | 100.00 | 75.00 | 87.50 | 80.00 |  |  |',
    // seed 1: 4 and 0 images; seed 2: 2 and 2
    '| `b` | 50.00 | 75.00 | 62.50 | - | 25.00 | no difference shown (p = 0.29; 6 and 2 images) |',
  ]);
  assert.deepEqual(coursePairs(all, 'a').split('\n').length, 4, 'pairs are of the same seed');
  assert.equal(seedsTable(all, 'c'), '');
  for (const seed of [1, 2, 17])
    assert.deepEqual(seedOf({ name: courseName('some', seed, 1) }), { recipe: 'some', seed });
});
