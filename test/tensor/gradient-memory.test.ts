/** @file A backward pass that keeps the gradients of leaves only: their bits are those of one that keeps all, in less memory. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Floats } from '../../src/kernels/kernels.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { forward } from '../../src/nn/forward.ts';
import { crossEntropy } from '../../src/nn/losses/cross-entropy.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { MODELS, type ModelName } from '../../src/nn/models/index.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { assertSame } from '../support/assert-same.ts';
import { architectureCases } from '../support/random-architecture.ts';

const runtime = createRuntime();

interface Found {
  /** By name. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  /** Of the images, which no operation made. */
  readonly images: readonly number[];
  readonly bytes: number;
}

/** One step on some images, which are leaves with a gradient too. */
function step(architecture: Architecture, keep: 'all' | 'leaves', count = 2): Found {
  const model = createModel(runtime.heap, architecture, Random.seeded(1));
  const tape = Tape.on(runtime);
  try {
    const random = Random.seeded(2);
    const x = tape.tensor([count, ...architecture.input], true);
    x.data.forEach((_, i) => {
      x.data[i] = random.normal();
    });
    const logits = forward(tape, model, x, { training: random });
    // used twice, once as it is and once in another shape: gradients that are added up, and share memory
    const twice = logits.add(logits.reshape(count, -1).mul(0.5));
    tape.backward(crossEntropy(twice, new Uint8Array(count).fill(1, 1)), keep);
    assert.equal(logits.gradient === null, keep === 'leaves');
    const gradients = [...model.tensors].map(([name, { gradient }]) => [name, [...(gradient ?? [])]]);
    return {
      gradients: Object.fromEntries(gradients) as Found['gradients'],
      images: [...x.gradient!],
      bytes: tape.arena.capacity,
    };
  } finally {
    tape.close();
    disposeModel(runtime.heap, model);
  }
}

function assertSameGradients(architecture: Architecture): void {
  const [{ bytes: _, ...all }, { bytes: __, ...leaves }] = [
    step(architecture, 'all'),
    step(architecture, 'leaves'),
  ];
  assertSame(leaves, all);
}

test('networks of any geometry: the bits of all gradients', () => {
  fc.assert(
    fc.property(architectureCases({ wide: true }), ({ network }) => {
      if (network.architecture.classes > 1) assertSameGradients(network.architecture);
    }),
    { numRuns: 100 },
  );
});

test('built-in models, with and without a grid: the bits of all gradients', () => {
  for (const name of Object.keys(MODELS) as ModelName[])
    for (const levels of [undefined, 2])
      assertSameGradients(
        MODELS[name]([32, 32, 3], 10, { activation: 'strelu', width: 0.1, ...(levels && { levels }) }),
      );
});

test('the memory of a step is less', () => {
  const architecture = MODELS.resnet([32, 32, 3], 10, {
    activation: 'strelu',
    levels: 2,
    width: 0.25,
  });
  const [all, leaves] = (['all', 'leaves'] as const).map((keep) => step(architecture, keep, 32)) as [
    Found,
    Found,
  ];
  assert.ok(leaves.bytes < 0.6 * all.bytes, `${leaves.bytes} of ${all.bytes} bytes`);
});

test('an output that is recorded twice, side by side or with operations between: both see its whole gradient', () => {
  const gradient = (keep: 'all' | 'leaves', between: boolean): number[] => {
    const tape = Tape.on(runtime);
    try {
      const x = tape.array([1, 2, 3], true);
      const y = x.mul(2);
      const seen = (dy: Floats): void => tape.receive(x, (dx) => dx.set(dy));
      if (!between) tape.record(y, seen);
      const z = y.mul(3);
      if (between) tape.record(y, seen);
      tape.backward(z.add(y).sum(), keep);
      return [...x.gradient!];
    } finally {
      tape.close();
    }
  };
  for (const between of [false, true])
    assert.deepEqual(gradient('leaves', between), gradient('all', between), `between: ${between}`);
});
