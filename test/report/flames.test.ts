/** @file A flame figure shows every second once: what lies below another part lies within it, and neighbours do not overlap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ProfileRow } from '../../src/kernels/profile.ts';
import { flames } from '../../src/report/plot/time-figure.ts';
import { profileTable } from '../../src/report/profile-table.ts';

const name = fc.constantFrom('a', 'b', 'c');
const rowsOf: fc.Arbitrary<ProfileRow[]> = fc.uniqueArray(
  fc.record({
    direction: fc.constantFrom<ProfileRow['direction']>('forward', 'backward', 'update'),
    layer: fc.constantFrom('', 'conv1', 'conv2'),
    kernel: name,
    calls: fc.integer({ min: 1, max: 9 }),
    seconds: fc.integer({ min: 1, max: 64 }).map((n) => n / 64), // dyadic: sums are exact
  }),
  { selector: ({ direction, layer, kernel }) => `${direction} ${layer} ${kernel}` },
);

test('every level of the figure holds the time of what belongs there, without overlap', () => {
  fc.assert(
    fc.property(rowsOf, fc.integer({ min: 0, max: 64 }), (rows, outside) => {
      const spent = rows.reduce((sum, row) => sum + row.seconds, 0);
      const seconds = spent + outside / 64;
      const parts = flames({ seconds, rows });
      const level = (depth: number) => parts.filter((part) => part.depth === depth);
      const width = (some: typeof parts): number => some.reduce((sum, { from, to }) => sum + to - from, 0);
      assert.equal(width(level(0)), seconds);
      assert.equal(width(level(2)), spent);
      const named = rows.filter(({ layer }) => layer !== '').reduce((sum, row) => sum + row.seconds, 0);
      assert.equal(width(level(1)), named);
      for (const depth of [0, 1, 2]) {
        const ordered = level(depth).toSorted((a, b) => a.from - b.from);
        ordered.forEach(({ from, to }, i) => {
          assert.ok(to >= from && to <= seconds);
          assert.ok(i === 0 || ordered[i - 1]!.to <= from, 'two parts overlap');
        });
      }
      for (const { direction, kernel, layer, seconds: took } of rows)
        assert.ok(
          level(2).some(
            (part) =>
              part.name === kernel &&
              part.to - part.from === took &&
              level(0).some(
                (above) => above.name === direction && above.from <= part.from && part.to <= above.to,
              ) &&
              (layer === '' ||
                level(1).some(
                  (above) => above.name === layer && above.from <= part.from && part.to <= above.to,
                )),
          ),
          `${direction} ${layer} ${kernel} is missing`,
        );
    }),
  );
});

test('the table has every second too', () => {
  const rows = Array.from({ length: 20 }, (_, i) => ({
    direction: 'forward' as const,
    layer: `conv${i}`,
    kernel: 'conv2d',
    calls: 1,
    seconds: (20 - i) / 64,
  }));
  const { columns, rows: lines } = profileTable({ seconds: 5, rows });
  const ms = columns.findIndex(({ title }) => title === 'ms');
  const sum = lines.reduce((total, line) => total + Number(line[ms]), 0);
  assert.ok(Math.abs(sum - 5000) < 1, String(sum));
  assert.match(lines.at(-1)!.join(' '), /outside of kernels/);
  assert.match(lines.at(-2)!.join(' '), /5 others/);
});
