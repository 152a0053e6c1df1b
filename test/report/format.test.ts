import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytes, count, duration, joules, significant, wrap } from '../../src/report/format.ts';

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
