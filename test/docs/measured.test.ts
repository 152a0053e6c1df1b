/** @file Tables of pages that come from docs/measured/: page and file agree, and a table that was changed by hand is noticed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { coursesFigure } from '../../bench/courses/table.ts';
import type { NetworkResult } from '../../bench/results/measure.ts';
import { blocksOf, filled, PAGES } from '../../scripts/pages/fill.ts';
import { MEASURED } from '../../scripts/pages/measured.ts';
import { PRICES, studyMarkdown } from '../../scripts/pages/study-table.ts';
import { wrapped } from '../../scripts/pages/wrap.ts';
import { loadPlot } from '../../src/report/plot/load.ts';
import { ranges } from '../../src/report/ranges.ts';
import { svgFile } from '../../src/report/svg/figure.ts';
import { madeUpComparison } from '../report/made-up-comparison.ts';
import { inFolder } from '../support/in-folder.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const ROOT = new URL('../', SOURCE_FOLDER);
const FOLDER = new URL('docs/measured/', ROOT);
const read = (page: string): string => readFileSync(new URL(page, ROOT), 'utf8').replaceAll('\r\n', '\n');

for (const page of PAGES)
  test(`${page} says what docs/measured/ says`, () => {
    const text = read(page);
    assert.equal(blocksOf(text).length, text.match(/^<!-- measured: /gm)?.length, 'a block without its end');
    assert.ok(text === wrapped(filled(text, FOLDER)), 'it does not; write it with npm run pages');
  });

test('every measured text has its place on one page', () => {
  const names = PAGES.flatMap((page) => blocksOf(read(page)));
  assert.deepEqual(names.sort(), Object.keys(MEASURED).sort());
});

test('every file there is quoted, and says on what and when it was measured', () => {
  const known = Object.values(MEASURED).flatMap(({ files }) => files.map((file) => `${file}.json`));
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  for (const file of files) {
    assert.ok(known.includes(file), file);
    const { date, machine, version, versions } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
    assert.match(date, /^20\d\d-\d\d-\d\dT/, file);
    assert.ok(machine.processor && machine.runtime && (version ?? versions.strelu), file);
    const places = readFileSync(new URL(file, FOLDER), 'utf8').match(/"(\/|[A-Za-z]:\\\\)[^"]*"/g);
    assert.equal(places, null, `${file}: a place of the machine that it was measured on`);
  }
});

test('the figure of the courses is drawn from what was measured of them', async () => {
  const { courses } = JSON.parse(readFileSync(new URL('courses.json', FOLDER), 'utf8'));
  const drawn = svgFile(coursesFigure(await loadPlot(), courses));
  assert.equal(read('docs/training-operations.svg'), drawn, 'draw it with npm run courses -- ... --svg');
});

test('steps are told in ranges of those that were measured', () => {
  const all = [1, 2, 4, 8, 16];
  assert.equal(ranges([1, 2, 4, 16], all), '1 to 4, 16');
  assert.equal(ranges([2, 8], all), '2, 8');
  assert.equal(ranges(all, all), '1 to 16');
  assert.equal(ranges([], all), '-');
});

test('a study is a row for each setting, its means with half their intervals; a price that is not there is the control', () => {
  const figure = (mean: number, reach: number | null) => ({ count: 3, mean, deviation: reach, reach });
  const table = studyMarkdown(
    [
      {
        ...{ stage: 'exact', varied: ['train.spike-penalty'], metrics: [] },
        rows: [
          { setting: {}, figures: { 'train.ann.accuracy': figure(99.5, 0.123) } },
          { setting: { 'train.spike-penalty': 0.3 }, figures: { 'spikes.perNeuron.2': figure(0.25, null) } },
        ],
      },
    ],
    PRICES,
  );
  const [head, , control, priced] = table
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  assert.equal(head![1], 'price of a spike');
  assert.deepEqual(control!.slice(1, 4), ['0 (the control)', '99.50 ± 0.12', '-']);
  assert.deepEqual(priced!.slice(1, 6), ['0.3', '-', '-', '-', '0.250']);
});

const ORIGIN = {
  version: '9.9.9',
  date: '2031-05-06T07:08:09.000Z',
  machine: { processor: 'Abacus', cores: 3, memoryGiB: 1, platform: 'wood', runtime: 'node 99' },
};
const byStep = (a: number, b: number): Record<number, number> => ({ 2: a, 4: b });
const NETWORK: NetworkResult = {
  name: 'mnist-cnn-strelu-2',
  dataset: 'mnist',
  activation: 'strelu',
  images: 10_000,
  command: 'strelu train',
  spikePenalty: 0,
  levels: 4,
  ann: { accuracy: 98.76, flippedAccuracy: 90 },
  quantised: byStep(97, 98),
  snn: {
    'rest, settling': {
      images: 10_000,
      accuracy: byStep(97.53, 98.64),
      spikesPerNeuron: byStep(0.531, 0.9),
      energyRatio: byStep(0.4519, 0.8),
    },
  },
  exact: null,
  zeroSkipping: null,
};

test('a block is written from its file, with date, version and machine; without the file it stays; another name is refused', () =>
  inFolder(async (path) => {
    const folder = pathToFileURL(path('./'));
    const block = (name: string, text: string): string =>
      `before\n<!-- measured: ${name} -->${text}<!-- end -->\nafter`;
    const old = '\n\n| by hand |\n\n';
    for (const name of Object.keys(MEASURED))
      assert.equal(filled(block(name, old), folder), block(name, old));
    assert.throws(() => filled(block('nothing', old), folder), /measured: nothing: expected one of/);

    writeFileSync(path('results.json'), JSON.stringify({ ...ORIGIN, networks: [NETWORK] }));
    const summary = filled(block('results-summary', old), folder);
    assert.match(summary, /^before\n<!-- measured: results-summary -->\n\n\| data set \| MNIST \|/);
    assert.match(summary, /\| ANN, % \(95 % interval\) \| 98\.76 \(98\.\d\d to 98\.\d\d\) \| /);
    assert.match(summary, /\| SNN at T = 2, % \| 97\.53 \(/);
    assert.match(summary, /\| energy, SNN \/ ANN \| 0\.452 \|/);
    assert.equal(filled(summary, folder), summary);
    assert.notEqual(filled(summary.replace('98.76', '98.77'), folder), summary.replace('98.76', '98.77'));
    const curves = filled(block('results-curves', old), folder);
    assert.match(
      curves,
      /`rest, settling` \| 98\.76 \| - \| 97\.53 \| 98\.64 \| - \| - \/ 0\.45 \/ 0\.80? \/ - \| 0\.531 \|/,
    );
    const headline = filled(block('results-headline', old), folder);
    assert.match(headline, /\| measured again by \| `npm run results -- --only mnist-cnn-strelu-2` \|/);
    assert.match(
      headline,
      /Measured on 2031-05-06 by `npm run results`: strelu 9\.9\.9, node 99, 3 cores of Abacus\./,
    );

    const comparison = madeUpComparison([2, 4], [{ id: 'a', ours: true, ann: 90, accuracy: [88.25, 90] }]);
    writeFileSync(path('compare-mnist.json'), JSON.stringify({ ...ORIGIN, comparison }));
    const compared = filled(block('compare-mnist', old), folder);
    assert.match(compared, /\| A \| 90\.00 \| 88\.25 \| 90\.00 \| *\| 4 \| 2\.00 \| 1\.00 \|/);
    assert.match(compared, /\*\*"nearly lossless": /);
    assert.match(compared, /by `strelu compare --dataset mnist .*`: strelu 9\.9\.9/);
  }));
