/** @file Training on the grid: what an activation may say with T levels, and when the grid is on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import type { ActivationName } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { type ForwardOptions, forward } from '../../src/nn/forward.ts';
import { builder } from '../../src/nn/models/build.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';

/** How many of the activations' outputs, in units of theta / levels, are no whole numbers. */
function offGrid(
  activation: ActivationName,
  levels: number,
  rounding: 'truncate' | 'round',
  options: ForwardOptions,
): number {
  const b = builder({ activation, levels, rounding });
  const layers = [
    b.conv(1, 4, 3),
    b.norm(4),
    b.act(4),
    b.flatten(),
    b.linear(16, 6),
    b.act(6),
    b.linear(6, 2),
  ];
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const model = createModel(heap, { name: 'grid', input: [4, 4, 1], classes: 2, layers }, Random.seeded(1));
  for (const [name, tensor] of model.tensors) if (name.endsWith('theta')) tensor.data.fill(0.75);
  const tape = new Tape(referenceKernels, new Arena(heap));
  const x = tape.tensor([3, 4, 4, 1]);
  const random = Random.seeded(2);
  for (let i = 0; i < x.size; i++) x.data[i] = random.normal();
  let off = 0;
  forward(tape, model, x, {
    ...options,
    onOutput: (layer, output) => {
      if (layer.kind !== 'activation') return;
      for (const value of output.data) {
        const steps = (value / 0.75) * levels;
        if (Math.abs(steps - Math.round(steps)) > 1e-5) off++;
      }
    },
  });
  return off;
}

const levels = fc.constantFrom(1, 2, 4, 8);
const rounding = fc.constantFrom('truncate' as const, 'round' as const);
const mode = fc.constantFrom<ForwardOptions>({}, { training: Random.seeded(3) });

test('with the grid on, every activation says a whole number of theta / levels, in training and inference', () => {
  const names = fc.constantFrom<ActivationName>('strelu', 'trelu', 'tleaky-relu', 'qcfs');
  fc.assert(
    fc.property(names, levels, rounding, mode, (name, L, how, options) => {
      assert.equal(offGrid(name, L, how, options), 0);
    }),
  );
});

test('before the grid comes in activations are continuous, but for QCFS, which always has its own', () => {
  fc.assert(
    fc.property(levels, rounding, mode, (L, how, options) => {
      assert.ok(offGrid('strelu', L, how, { ...options, continuous: true }) > 0);
      assert.equal(offGrid('qcfs', L, how, { ...options, continuous: true }), 0);
    }),
    { numRuns: 20 },
  );
});
