/** @file Every element-wise operation: the SIMD kernel gives the bits of the plain loop, for any numbers and any broadcast. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { map } from '../../../src/kernels/elementwise/reference.ts';
import { broadcastRows, flatRows } from '../../../src/kernels/elementwise/rows.ts';
import { createMap } from '../../../src/kernels/elementwise/simd.ts';
import { onHeap } from '../support.ts';
import { arena, heap, local } from '../vector-support.ts';
import { numbers, OPERATIONS, programOf } from './operations.ts';

const simd = createMap(arena, local);

/** Two operations are only ever asked for some numbers: whole exponents of normal numbers; powers that are normal. */
function within(name: string, x: number): number {
  if (name === 'powerOfTwo') return Math.max(-126, Math.min(127, Math.trunc(x) || 0));
  return name === 'shortExp' ? Math.max(-87, Math.min(88, x || 0)) : x;
}

/** Equal numbers, zeros of the same sign; which of the many NaN it is, machines leave open. */
function sameBits(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i++)
    assert.ok(Object.is(found[i], expected[i]), `element ${i}: found ${found[i]}, expected ${expected[i]}`);
}

for (const [name, operation, arity] of OPERATIONS) {
  const program = programOf(operation, arity);
  test(`${name}: simd = plain, every bit`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(numbers, numbers, numbers), { minLength: 1, maxLength: 70 }),
        fc.nat(2 ** arity - 1),
        (triples, pattern) =>
          onHeap(heap, (array) => {
            const n = triples.length;
            const single = Array.from({ length: arity }, (_, i) => ((pattern >> i) & 1) === 1);
            const inputs = single.map((one, i) => {
              const x = array(one ? 1 : n);
              for (let k = 0; k < x.length; k++) x[k] = within(name, triples[k]![i as 0]);
              return x;
            });
            const expected = new Float32Array(n);
            map(program, inputs, [expected], flatRows(n, single));
            const guarded = array(n + 4);
            const y = guarded.subarray(0, n);
            simd(program, inputs, [y], flatRows(n, single));
            sameBits(y, expected);
            assert.ok(guarded.subarray(n).every(Number.isNaN), 'writes behind the end');
          }),
      ),
      { numRuns: 60 },
    );
  });
}

test('broadcast rows: every element meets its own operands', () => {
  const [, add] = OPERATIONS.find(([name]) => name === 'add')!;
  const program = programOf(add, 2);
  const axes = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(2)), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(axes, fc.nat(), (list, seed) =>
      onHeap(heap, (array) => {
        const shape = list.map(([length]) => length);
        const [a, b] = [0, 1].map((which) => list.map(([length, kind]) => (kind === which + 1 ? 1 : length)));
        const out = list.map(([length, kind]) => (kind === 0 ? length : length));
        const size = (of: readonly number[]): number => of.reduce((x, y) => x * y, 1);
        const rows = broadcastRows(out, [a!, b!]);
        if (!rows) return;
        const inputs = [array(size(a!), seed), array(size(b!), seed + 1)];
        const y = array(size(shape));
        simd(program, inputs, [y], rows);
        const at = (own: readonly number[], index: readonly number[]): number =>
          own.reduce((sum, length, axis) => sum * length + (length === 1 ? 0 : index[axis]!), 0);
        for (let i = 0; i < y.length; i++) {
          let rest = i;
          const index = out.toReversed().map((length) => {
            const k = rest % length;
            rest = (rest - k) / length;
            return k;
          });
          index.reverse();
          assert.equal(y[i], Math.fround(inputs[0]![at(a!, index)]! + inputs[1]![at(b!, index)]!));
        }
      }),
    ),
    { numRuns: 200 },
  );
});
