/** @file Muon for weights of convolutions, against its definition by plain loops. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kaimingNormal, parameter } from '../../src/nn/initialisers.ts';
import { muon } from '../../src/optimizers/muon.ts';
import { sgd } from '../../src/optimizers/sgd.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import { Tape } from '../../src/tensor/tape.ts';

const runtime = createRuntime();
const { heap } = runtime;

type Matrix = number[][];
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
const turned = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));
const norm = (a: Matrix): number => Math.sqrt(a.flat().reduce((sum, value) => sum + value * value, 0));

/** Newton-Schulz on the side with more columns than rows. */
function newtonSchulz(x: Matrix, iterations: number): Matrix {
  if (x.length > x[0]!.length) return turned(newtonSchulz(turned(x), iterations));
  let y = x.map((row) => row.map((value) => value / (norm(x) + 1e-7)));
  for (let i = 0; i < iterations; i++) {
    const a = product(y, turned(y));
    const aa = product(a, a);
    const c = product(
      a.map((row, r) => row.map((value, k) => -4.775 * value + 2.0315 * aa[r]![k]!)),
      y,
    );
    y = y.map((row, r) => row.map((value, k) => 3.4445 * value + c[r]![k]!));
  }
  return y;
}

test('with weight norm: scaled to the norm sqrt(outputs), then moved by rate times an orthogonal matrix', () => {
  const cases = fc.record({
    seed: fc.nat(1000),
    ins: fc.integer({ min: 1, max: 3 }),
    outs: fc.integer({ min: 1, max: 12 }),
    iterations: fc.integer({ min: 1, max: 5 }),
    rate: fc.constantFrom(0.01, 0.24),
  });
  fc.assert(
    fc.property(cases, ({ seed, ins, outs, iterations, rate }) => {
      const random = Random.seeded(seed);
      const tape = Tape.on(runtime);
      const w = parameter(heap, [2, 2, ins, outs], kaimingNormal(random));
      const rows = 4 * ins;
      const matrix = (values: ArrayLike<number>): Matrix =>
        Array.from({ length: rows }, (_, r) => Array.from({ length: outs }, (_, c) => values[r * outs + c]!));
      const optimizer = muon(runtime, [w], {
        learningRate: rate,
        momentum: 0.6,
        iterations,
        weightNorm: true,
      });
      let expected = matrix(w.data);
      let velocity = expected.map((row) => row.map(() => 0));
      for (let step = 0; step < 2; step++) {
        const values = Array.from({ length: w.size }, () => random.normal());
        const g = matrix(values);
        tape.reset();
        tape
          .use(w)
          .mul(tape.array(values).reshape(2, 2, ins, outs))
          .sum()
          .backward();
        velocity = velocity.map((row, r) => row.map((v, c) => 0.6 * v + g[r]![c]!));
        const ahead = velocity.map((row, r) => row.map((v, c) => 0.6 * v + g[r]![c]!));
        const update = newtonSchulz(ahead, iterations);
        const scale = Math.sqrt(outs) / norm(expected);
        expected = expected.map((row, r) => row.map((value, c) => value * scale - rate * update[r]![c]!));
        optimizer.step();
      }
      expected.flat().forEach((value, i) => {
        assert.ok(Math.abs(w.data[i]! - value) < 1e-3, `${w.data[i]} is not ${value}`);
      });
      optimizer.close();
      tape.close();
    }),
    { numRuns: 40 },
  );
});

test('logits scaled by s are weights times s with the rate times s squared', () => {
  const s = 1 / 8;
  const random = Random.seeded(6);
  const [w, scaled] = [parameter(heap, [4, 3], kaimingNormal(random)), parameter(heap, [4, 3])];
  scaled.data.set(w.data.map((value) => s * value));
  const settings = { momentum: 0.6, nesterov: true };
  const optimizers = [
    sgd(runtime, [w], { ...settings, learningRate: 1 }),
    sgd(runtime, [scaled], { ...settings, learningRate: s * s }),
  ];
  const tapes = [Tape.on(runtime), Tape.on(runtime)] as const;
  for (let step = 0; step < 4; step++) {
    const [x, y] = tapes.map((tape) => tape.array([[1, -2, 0.5, step]]));
    const wanted = [[1, 0, -1]];
    x!.matmul(w).mul(s).sub(tapes[0].array(wanted)).square().sum().backward();
    y!.matmul(scaled).sub(tapes[1].array(wanted)).square().sum().backward();
    for (const optimizer of optimizers) optimizer.step();
    for (const tape of tapes) tape.reset();
    w.data.forEach((value, i) => {
      assert.ok(Math.abs(scaled.data[i]! - s * value) < 1e-5);
    });
  }
});
