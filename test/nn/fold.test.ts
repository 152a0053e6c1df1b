import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { foldModel } from '../../src/nn/fold.ts';
import { forward } from '../../src/nn/forward.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { builder } from '../../src/nn/models/build.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';

function network(biased: boolean): Architecture {
  const b = builder({ activation: 'strelu' });
  return {
    name: 'folds',
    input: [5, 5, 2],
    classes: 3,
    layers: [
      b.conv(2, 4, 3, { padding: 1, bias: biased }),
      b.norm(4),
      b.act(4),
      b.residual([b.conv(4, 4, 3, { padding: 1, bias: biased }), b.norm(4)], []),
      b.act(4),
      b.pool(2),
      b.flatten(),
      b.linear(16, 6, biased),
      b.norm(6),
      b.act(6),
      b.linear(6, 3),
    ],
  };
}

/** float32 rounds each folded weight once (2^-24) and sums about 40 of them per output through four layers: 1e-5 is ample. */
test('a folded model gives the same logits, has no batch norm left, and returns its memory', () => {
  fc.assert(
    fc.property(fc.integer(), fc.boolean(), (seed, biased) => {
      const heap = new Heap();
      const random = Random.seeded(seed);
      const model = createModel(heap, network(biased), random);
      for (const { name, role } of model.specs) {
        const { data } = model.tensors.get(name)!;
        const stream = random.fork(name);
        for (let i = 0; i < data.length; i++) {
          if (role === 'variance' || role === 'gamma') data[i] = stream.uniform(0.5, 2);
          else if (role !== 'weight' && role !== 'theta') data[i] = stream.uniform(-1, 1);
        }
      }
      const before = heap.used;
      const folded = foldModel(heap, model);
      assert.ok(!folded.specs.some((spec) => spec.role === 'gamma'));
      const tape = new Tape(referenceKernels, new Arena(heap), { recording: false });
      const x = tape.tensor([2, 5, 5, 2]);
      for (let i = 0; i < x.size; i++) x.data[i] = random.normal();
      const plain = forward(tape, model, x).data;
      const fused = forward(tape, folded, x).data;
      plain.forEach((value, i) => {
        assert.ok(Math.abs(value - fused[i]!) <= 1e-5 * (1 + Math.abs(value)), `${value} and ${fused[i]}`);
      });
      tape.close();
      disposeModel(heap, folded);
      assert.equal(heap.used, before);
    }),
    { numRuns: 30 },
  );
});
