/** @file What all optimizers have in common, and what Muon does to its update. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Arena } from '../../src/memory/arena.ts';
import { kaimingNormal, parameter } from '../../src/nn/initialisers.ts';
import { crossEntropy } from '../../src/nn/losses/cross-entropy.ts';
import { adam, adamW } from '../../src/optimizers/adam.ts';
import { muon, orthogonalised } from '../../src/optimizers/muon.ts';
import { sgd } from '../../src/optimizers/sgd.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import { Tape } from '../../src/tensor/tape.ts';

const runtime = createRuntime();
const { heap, kernels } = runtime;
const ALL = { sgd, adam, adamW, muon } as const;

/** Two layers that learn which of two numbers is larger. */
function learn(name: keyof typeof ALL, steps: number): { first: number; last: number; weights: number[] } {
  const random = Random.seeded(3);
  const [w1, w2] = [
    parameter(heap, [2, 8], kaimingNormal(random)),
    parameter(heap, [8, 2], kaimingNormal(random)),
  ];
  const optimizer = ALL[name](runtime, [w1, w2], {
    learningRate: { sgd: 0.5, adam: 0.05, adamW: 0.05, muon: 0.05 }[name],
  });
  const tape = new Tape(kernels, new Arena(heap));
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const points = Array.from({ length: 32 }, () => [random.uniform(-1, 1), random.uniform(-1, 1)] as const);
    const labels = points.map(([a, b]) => Number(a > b));
    const loss = crossEntropy(tape.array(points).matmul(w1).tanh().matmul(w2), labels);
    losses.push(loss.item());
    loss.backward();
    optimizer.step();
    tape.reset();
  }
  optimizer.close();
  tape.close();
  return { first: losses[0]!, last: losses.at(-1)!, weights: [...w1.data, ...w2.data] };
}

for (const name of ['sgd', 'adam', 'adamW', 'muon'] as const) {
  test(`${name} learns, and twice the same`, () => {
    const { first, last, weights } = learn(name, 80);
    assert.ok(last < first / 3, `${first} became ${last}`);
    assert.deepEqual(learn(name, 80).weights, weights);
  });

  test(`${name}: parameters without a gradient stay; the learning rate may be changed`, () => {
    const [w, other] = [0, 1].map(() => parameter(heap, [2, 2], kaimingNormal(Random.seeded(1))));
    const optimizer = ALL[name](runtime, [w!, other!], { learningRate: 0.1 });
    const before = [...w!.data];
    const tape = new Tape(kernels, new Arena(heap));
    optimizer.learningRate = 0;
    tape.use(w!).sum().backward();
    optimizer.step();
    assert.deepEqual([...w!.data], before);
    assert.deepEqual([...other!.data], before);
    optimizer.close();
    tape.close();
  });
}

test('orthogonalised: the singular values of any matrix come near 1, its directions stay', () => {
  const size = fc.integer({ min: 1, max: 8 });
  fc.assert(
    fc.property(size, size, fc.nat(), (rows, columns, seed) => {
      const random = Random.seeded(seed);
      const tape = new Tape(kernels, new Arena(heap), { recording: false });
      // A matrix with known singular values: columns of two orthogonal ones, here by Gram and Schmidt.
      const rank = Math.min(rows, columns);
      const [u, v] = [rows, columns].map((n) => orthonormal(n, rank, random));
      const x = tape.tensor([rows, columns]);
      x.data.fill(0);
      for (let r = 0; r < rank; r++)
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) x.data[i * columns + j]! += (1 + r) * u![r]![i]! * v![r]![j]!;
      const y = orthogonalised(x);
      for (let r = 0; r < rank; r++) {
        const value = u![r]!.reduce(
          (sum, ui, i) => sum + ui * v![r]!.reduce((s, vj, j) => s + vj * y.data[i * columns + j]!, 0),
          0,
        );
        assert.ok(value > 0.5 && value < 1.35, `singular value ${r} of ${rank}: ${value}`);
      }
      tape.close();
    }),
  );
});

function orthonormal(length: number, count: number, random: Random): number[][] {
  const found: number[][] = [];
  while (found.length < count) {
    const x = Array.from({ length }, () => random.normal());
    for (const one of found) {
      const dot = one.reduce((sum, value, i) => sum + value * x[i]!, 0);
      one.forEach((value, i) => {
        x[i]! -= dot * value;
      });
    }
    const norm = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
    if (norm > 1e-3) found.push(x.map((value) => value / norm));
  }
  return found;
}

test('muon is for matrices', () => {
  assert.throws(
    () => muon(runtime, [parameter(heap, [3])]),
    /muon: expected matrices, found a parameter of shape \[3\]/,
  );
});
