/** @file CSV files with images: what was written is read back, whoever wrote it; what is wrong is named by line and column. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CsvTable, decodeCsv } from '../../src/data/csv.ts';
import { InputError } from '../../src/errors.ts';

const read = (text: string): CsvTable => decodeCsv(new TextEncoder().encode(text), 'x.csv');

const label = fc.oneof(
  fc.nat(99).map(String),
  // The first line has numbers alone, so that it is no line of names; a label called label would make it one.
  fc.stringMatching(/^[a-z][a-z ,;"\u00e9-]{0,6}[a-z]$/).filter((text) => text !== 'label'),
);
const table = fc
  .record({ values: fc.integer({ min: 1, max: 9 }), labels: fc.array(label, { minLength: 1, maxLength: 8 }) })
  .chain(({ values, labels }) =>
    fc.record({
      values: fc.constant(values),
      labels: fc.constant(labels),
      pixels: fc.uint8Array({ minLength: labels.length * values, maxLength: labels.length * values }),
      separator: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n', '\n\n'),
      last: fc.boolean(),
      bom: fc.boolean(),
      quoted: fc.boolean(),
      dotted: fc.boolean(),
      /** Where the label is, in files that name their columns; -1: they do not. */
      named: fc.integer({ min: -1, max: values }),
    }),
  );

test('any table is read back, whatever parts its cells and ends its lines', () => {
  fc.assert(
    fc.property(table, ({ values, labels, pixels, separator, end, last, bom, quoted, dotted, named }) => {
      const at = Math.max(0, named);
      const cell = (text: string): string =>
        quoted || /[",;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
      const line = (name: string, numbers: readonly string[]): string =>
        numbers.toSpliced(at, 0, name).map(cell).join(separator);
      const lines = labels.map((name, i) =>
        line(
          name,
          Array.from(pixels.subarray(i * values, (i + 1) * values), (v) => (dotted ? `${v}.0` : `${v}`)),
        ),
      );
      const names = Array.from({ length: values }, (_, i) => `pixel${i}`);
      if (named >= 0) lines.unshift(line('Label', names));
      const found = read(`${bom ? '\ufeff' : ''}${lines.join(end)}${last ? end : ''}`);
      assert.deepEqual(found.labels, labels);
      assert.deepEqual([...found.pixels], [...pixels]);
      assert.equal(found.values, values);
      const step = end === '\n\n' ? 2 : 1;
      assert.deepEqual(
        found.lines,
        labels.map((_, i) => 1 + step * (i + (named >= 0 ? 1 : 0))),
      );
    }),
  );
});

test('the label is in the column called label, else in the first; names are told from numbers', () => {
  assert.deepEqual(read('a,b,LABEL\n1,2,x\n').labels, ['x']);
  assert.deepEqual(read('class,a,b\n3,1,2\n').labels, ['3']);
  assert.deepEqual(read('cat,1,2\ndog,3,4\n').labels, ['cat', 'dog']);
  assert.deepEqual(read('label,0,1\n5,6,7\n').labels, ['5']);
});

const WRONG: readonly (readonly [string, RegExp])[] = [
  ['', /^x\.csv: expected lines of a label and pixel values, found none/],
  ['\n \n', /^x\.csv: expected lines .*, found none/],
  ['label,a\n', /^x\.csv: expected lines .*, found only the names of columns/],
  ['just text', /^x\.csv: line 1: expected a label and pixel values .*, found one column/],
  ['label,a,label\n', /^x\.csv: line 1: expected one column called label, found columns 1 and 3/],
  ['1,2,3\n\n1,2\n', /^x\.csv: line 3: expected 3 cells, as line 1 has, found 2/],
  ['1,2,3\n1,2,3,4,5\n', /^x\.csv: line 2: expected 3 cells, as line 1 has, found 5/],
  ['1,2,3\n1,2,x\n', /^x\.csv: line 2, column 3: expected a pixel value, .*, found "x"/],
  ['1,2,3\n1,2,\n', /^x\.csv: line 2, column 3: .*, found nothing/],
  ['1,2,256\n', /^x\.csv: line 1, column 3: .*, found "256"/],
  ['1,2,-1\n', /^x\.csv: line 1, column 3: .*, found "-1"/],
  ['1,2,0.5\n', /^x\.csv: line 1, column 3: .*, found "0\.5"; multiply all values by 255/],
  ...['0x1f', '1e2', ' 5', '5 ', '" 5"', '+5', '0b1', '.5e1', '1_0', '\u0665', '5.', 'Infinity', '--5'].map(
    (cell) =>
      [`1,2,3\n1,2,${cell}\n`, /^x\.csv: line 2, column 3: expected a pixel value, .*, found "/] as const,
  ),
  ...['0x1f', '1e2', ' 5', '+5'].map(
    (cell) => [`1,2,${cell}\n`, /^x\.csv: line 1, column 3: .*; write it in plain digits/] as const,
  ),
  ['1,2,\n1,2,3\n', /^x\.csv: line 1, column 3: expected a pixel value, .*, found nothing/],
  ['1,,3\n1,2,3\n', /^x\.csv: line 1, column 2: expected a pixel value, .*, found nothing/],
  [
    '1,2,NaN\n1,2,3\n',
    /^x\.csv: line 1: expected pixel values or names of columns, found both, "2" and "NaN"/,
  ],
  ['1,2,3x\n1,2,3\n', /^x\.csv: line 1: expected pixel values or names of columns, found both, "2" and "3x"/],
  ['1,2,3\n,2,3\n', /^x\.csv: line 2, column 1: expected a label, found nothing/],
  ['1,2,3\n"a,2,3\n', /^x\.csv: line 2, column 1: a quote is opened and not closed/],
];

test('what is wrong is named by line and column, with what to do', () => {
  for (const [text, message] of WRONG)
    assert.throws(
      () => read(text),
      (error: Error) =>
        error instanceof InputError && message.test(error.message) && /;|\?/.test(error.message),
      JSON.stringify(text),
    );
});

test('columns that are named by counting, as a table without names has them, are names and no image', () => {
  const rows = '3,10,20,30,40\n1,50,60,70,80\n';
  for (const first of ['class', '"digit"', '']) {
    const { labels, pixels } = read(`${first},0,1,2,3\n${rows}`);
    assert.deepEqual(labels, ['3', '1'], first);
    assert.deepEqual([...pixels], [10, 20, 30, 40, 50, 60, 70, 80]);
  }
  assert.deepEqual(read(`cat,0,1,2,4\n${rows}`).labels, ['cat', '3', '1'], 'pixels, as any others');
});
