import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bytes,
  count,
  duration,
  fixed,
  joules,
  percent,
  precise,
  significant,
  wrap,
} from '../../src/report/format.ts';

test('durations', () => {
  assert.equal(duration(0.0123), '12 ms');
  assert.equal(duration(12.34), '12.3 s');
  assert.equal(duration(245), '4 min 05 s');
  assert.equal(duration(7800), '2 h 10 min');
  assert.equal(duration(Number.POSITIVE_INFINITY), '?');
});

test('prefixes keep the value to three digits', () => {
  assert.equal(count(12_345_678), '12.3 M');
  assert.equal(count(999_999), '1.00 M');
  assert.equal(count(12), '12.0');
  assert.deepEqual([12, 12_345_678].map(bytes), ['12.0 B', '12.3 MB']);
  assert.equal(joules(4.6e-6), '4.60 uJ');
  assert.equal(joules(0), '0 J');
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e14, noNaN: true }), (value) => {
      const [digits, prefix = ''] = count(value).split(' ');
      const factor = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 }[prefix]!;
      assert.ok(Math.abs(Number(digits) * factor - value) <= 0.0051 * value);
    }),
  );
});

test('significant digits', () => {
  assert.equal(significant(0.000123456, 3), '0.000123');
  assert.equal(significant(9.999, 3), '10.0');
  assert.equal(significant(-1234.5, 3), '-1235');
});

test('wrapping loses no word and keeps to the width where words allow', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
      fc.integer({ min: 12, max: 40 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width);
        assert.deepEqual(lines.join(' ').split(' '), words);
        for (const line of lines) assert.ok(line.length <= width);
      },
    ),
  );
});

test('any number whatever is shown in a few letters; what was not measured is a dash', () => {
  const shows = [
    duration,
    count,
    bytes,
    joules,
    percent,
    ...[1, 2, 3, 5].flatMap((digits) =>
      [fixed, precise, significant].map(
        (show) =>
          (value: number): string =>
            show(value, digits),
      ),
    ),
  ];
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.constantFrom(5e-324, 1e-300, 1e308, -0)), (value) => {
      for (const show of shows) {
        const text = show(value);
        assert.ok(text.length > 0 && text.length < 330, text);
        assert.doesNotMatch(text, /NaN|undefined/);
      }
    }),
  );
  assert.deepEqual(
    [fixed, precise, significant].map((show) => show(Number.NaN, 2)),
    ['-', '-', '-'],
  );
  assert.equal(percent(Number.NaN), '-');
  assert.equal(fixed(12.345, 2), '12.35');
  assert.equal(significant(1e-300, 3), '1.00e-300');
});
