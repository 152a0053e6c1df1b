/** @file A study on a page: its points are its means, its bars its intervals; what varied at random is no line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPlot } from '../../src/report/plot/load.ts';
import type { SweepRun } from '../../src/report/runs/run.ts';
import type { StudyOutcome } from '../../src/report/runs/study-reader.ts';
import { studySections } from '../../src/report/sections/study.ts';
import type { Figure } from '../../src/report/svg/figure.ts';

const plotter = await loadPlot();

const figure = (mean: number, reach: number | null) => ({ count: 3, mean, deviation: reach, reach });

function drawn(rows: StudyOutcome['tables'][number]['rows'], jobs: StudyOutcome['jobs'] = []) {
  const varied = [...new Set(rows.flatMap(({ setting }) => Object.keys(setting)))];
  const metrics = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const run = { sweep: { study: 's', tables: [{ stage: 'last', varied, metrics, rows }], jobs } };
  const sections = studySections(plotter, 'study-1', run as unknown as SweepRun);
  const figures = sections.flatMap(({ content }) =>
    content.filter((part): part is Figure => typeof part !== 'string'),
  );
  const text = sections.flatMap(({ content }) => content.filter((part) => typeof part === 'string')).join('');
  return { sections, figures, text };
}

const countOf = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

test('a figure for each metric and option that varies; a bar for each interval, none for one measurement alone', () => {
  const rows = [1, 2, 4].flatMap((t) =>
    ['half', 'full'].map((neuron) => ({
      setting: { 'c.t': t, 'c.neuron': neuron, 'c.same': 1 },
      figures: { a: figure(t, neuron === 'half' ? 0.25 : null), b: figure(-t, 0.5) },
    })),
  );
  const { figures, text } = drawn(rows);
  assert.deepEqual(
    figures.map(({ title }) => title),
    ['a against c.t', 'a against c.neuron', 'b against c.t', 'b against c.neuron'],
  );
  const [first, , third] = figures as [Figure, Figure, Figure];
  assert.equal(countOf(first.content, /aria-label="rule"/g), 1); // of half alone
  assert.equal(countOf(third.content, /aria-label="rule"/g), 2);
  assert.match(text, /1\.000 \+- 0\.25 \(n = 3, sd 0\.25\)/);
});

test('settings drawn at random are points without lines, and many settings make no more figures than can be looked at', () => {
  const rows = Array.from({ length: 12 }, (_, i) => ({
    setting: { 't.lr': 0.001 * (i + 1), 't.width': 2 + i * i },
    figures: { a: figure(i, 1) },
  }));
  const { figures } = drawn(rows);
  assert.equal(figures.length, 2);
  for (const { content } of figures) assert.equal(countOf(content, /aria-label="line"/g), 0);
  const metrics = Object.fromEntries(Array.from({ length: 40 }, (_, m) => [`m${m}`, figure(m, 1)]));
  const many = drawn([1, 2].map((x) => ({ setting: { 't.x': x }, figures: metrics })));
  assert.equal(many.figures.length, 24);
  assert.match(many.text, /16 more figures are left out/);
});

test('jobs without a result are listed with why', () => {
  const lost = { stage: 'train', setting: { 'train.seed': 1 }, state: 'failed', error: 'no luck' };
  const { sections, text } = drawn([{ setting: {}, figures: { a: figure(1, null) } }], [lost]);
  assert.equal(sections.at(-1)!.title, 'Study s, what is missing');
  assert.match(text, /train\.seed 1.*failed.*no luck/s);
});
