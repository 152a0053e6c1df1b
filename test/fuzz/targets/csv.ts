import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeCsv } from '../../../src/data/csv.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { type FuzzTarget, target } from '../target.ts';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const rows = (separator: string): string =>
  ['cat', '"a dog"', '7'].map((name, i) => [name, i, 255, '12.0', ' 3'].join(separator)).join('\n');

export const csv: FuzzTarget = target({
  name: 'csv',
  says: 'images as lines of a label and pixel values',
  inputs: fc.oneof(
    nearlyBytes(
      encode(rows(',')),
      encode(`label;a;b;c;d\r\n${rows(';')}\r\n`),
      encode(`\ufeff${rows('\t')}`),
    ),
    fc.string({ unit: fc.constantFrom(...'012,;\t\n\r" .ab') }).map(encode),
  ),
  read(bytes: Uint8Array) {
    const { labels, pixels, values } = decodeCsv(bytes, 'x.csv');
    assert.equal(pixels.length, labels.length * values);
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const names = ['label', ...Array.from({ length: values }, (_, i) => `p${i}`)].join();
    const lines = labels.map((label, i) =>
      [cell(label), ...pixels.subarray(i * values, (i + 1) * values)].join(),
    );
    const again = decodeCsv(encode([names, ...lines].join('\n')), 'x.csv');
    assert.deepEqual([again.labels, [...again.pixels]], [labels, [...pixels]]);
  },
});
