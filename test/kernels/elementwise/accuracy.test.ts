/**
 * @file How far the float32 approximations are from Math's, in units of the last place of the right answer. The bounds are what was
 * found over a million arguments, rounded up; a coefficient that is wrong in its last digits breaks them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { erf64 } from '../../../src/kernels/elementwise/operations/erf.ts';
import { map } from '../../../src/kernels/elementwise/reference.ts';
import { flatRows } from '../../../src/kernels/elementwise/rows.ts';
import { Random } from '../../../src/random/random.ts';
import { OPERATIONS, programOf } from './operations.ts';

const COUNT = 200_000;

/** The distance of neighbouring float32 around y; below the normal ones it is 2^-149. */
function ulp(y: number): number {
  const size = Math.abs(y);
  return size < 2 ** -126 ? 2 ** -149 : 2 ** (Math.floor(Math.log2(size)) - 23);
}

function worst(name: string, exact: (x: number) => number, low: number, high: number, least = 0): number {
  const [, operation] = OPERATIONS.find(([title]) => title === name)!;
  const random = Random.seeded(7);
  const x = new Float32Array(COUNT);
  // Half of the arguments even over the range, half over its powers of two.
  for (let i = 0; i < COUNT; i++) {
    const bound = random.uniform() * (low < 0 && i % 4 > 1 ? low : high);
    x[i] = i % 2 === 0 ? random.uniform(low, high) : bound * 2 ** -random.integer(40);
    if (x[i]! < low) x[i] = low;
  }
  const y = new Float32Array(COUNT);
  map(programOf(operation, 1), [x], [y], flatRows(COUNT, [false]));
  let most = 0;
  for (let i = 0; i < COUNT; i++) {
    const expected = exact(x[i]!);
    const rounded = Math.fround(expected);
    if (Object.is(rounded, y[i]!)) continue;
    most = Math.max(most, Math.abs(y[i]! - expected) / ulp(Math.max(Math.abs(expected), least)));
  }
  return most;
}

const near = (name: string, found: number, bound: number): void =>
  assert.ok(found <= bound, `${name}: ${found} ulp, expected at most ${bound}`);

test('exp', () => near('exp', worst('exp', Math.exp, -103, 88.7), 1));
test('log', () => near('log', worst('log', Math.log, 0, 3e38), 1));
test('log of subnormal numbers', () => near('log', worst('log', Math.log, 0, 1e-36), 1));
test('tanh', () => near('tanh', worst('tanh', Math.tanh, -10, 10), 2.5));
test('erf', () => near('erf', worst('erf', erf64, -5, 5), 2));
test('sigmoid', () =>
  near(
    'sigmoid',
    worst('sigmoid', (x) => 1 / (1 + Math.exp(-x)), -87, 20),
    3,
  ));
test('gelu, against ulps of numbers of the size of x and at least 1', () => {
  near(
    'gelu',
    worst('gelu', (x) => (x * (1 + erf64(x / Math.SQRT2))) / 2, -8, 8, 1),
    3,
  );
});
test('erf in double precision: values of Abramowitz and Stegun, table 7.1', () => {
  assert.ok(Math.abs(erf64(0.5) - 0.5204998778130465) < 1e-15);
  assert.ok(Math.abs(erf64(1) - 0.8427007929497149) < 1e-15);
  assert.ok(Math.abs(erf64(2) - 0.9953222650189527) < 1e-15);
});
