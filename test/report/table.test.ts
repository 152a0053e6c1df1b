import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownTable, textTable } from '../../src/report/table.ts';
import { textPlot } from '../../src/report/text-plot.ts';

const COLUMNS = [
  { title: 'T', align: 'right' },
  { title: 'neuron', align: 'left' },
] as const;

test('columns are as wide as their widest cell; numbers stand right', () => {
  assert.equal(
    textTable(COLUMNS, [
      ['8', 'full'],
      ['128', 'half'],
    ]),
    '  T  neuron\n---  ------\n  8  full\n128  half',
  );
});

test('markdown escapes its own separator', () => {
  assert.equal(markdownTable(COLUMNS, [['1', 'a|b']]), '| T | neuron |\n|---:|---|\n| 1 | a\\|b |');
});

test('a plot puts the largest value on top and says where two series meet', () => {
  const plot = textPlot(
    [
      { name: 'full', values: [0, 50, 100], mark: 'f' },
      { name: 'half', values: [90, 95, 100], mark: 'h' },
    ],
    ['1', '2', '4'],
    5,
  );
  const lines = plot.split('\n');
  assert.equal(lines[0]!.trimEnd().at(-1), '*');
  assert.match(lines[4]!, /^ +0 \| +f$/);
  assert.match(plot, /f full {3}h half/);
});
