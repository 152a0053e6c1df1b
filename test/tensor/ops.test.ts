/** @file Every operation's backward against finite differences, over random shapes, in float64. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Clip } from '../../src/kernels/kernels.ts';
import { Random } from '../../src/random/random.ts';
import { add } from '../../src/tensor/ops/add.ts';
import { avgPool } from '../../src/tensor/ops/avg-pool.ts';
import { batchNorm } from '../../src/tensor/ops/batch-norm.ts';
import { clip } from '../../src/tensor/ops/clip.ts';
import { conv2d } from '../../src/tensor/ops/conv2d.ts';
import { dropout } from '../../src/tensor/ops/dropout.ts';
import { flatten } from '../../src/tensor/ops/flatten.ts';
import { linear } from '../../src/tensor/ops/linear.ts';
import { scale } from '../../src/tensor/ops/scale.ts';
import { softCrossEntropy } from '../../src/tensor/ops/soft-cross-entropy.ts';
import { softmaxCrossEntropy } from '../../src/tensor/ops/softmax-cross-entropy.ts';
import { type SpikeCode, spikePenalty } from '../../src/tensor/ops/spike-penalty.ts';
import type { Tape } from '../../src/tensor/tape.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { checkGradients, doubleTape, valuesOffKinks } from './gradient-check.ts';

const RUNS = { numRuns: 100 };
const seed = fc.integer({ min: 0, max: 2 ** 30 });
const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

test('linear', () => {
  fc.assert(
    fc.property(size(3), size(4), size(4), fc.boolean(), seed, (batch, inputs, outputs, biased, s) => {
      const random = Random.seeded(s);
      const x = valuesOffKinks([batch, inputs], random);
      const w = valuesOffKinks([inputs, outputs], random);
      const b = biased ? valuesOffKinks([outputs], random) : null;
      checkGradients(b ? [x, w, b] : [x, w], (tape) => linear(tape, x, w, b), s);
    }),
    RUNS,
  );
});

test('conv2d with stride and padding', () => {
  const shape = fc.record({
    batch: size(2),
    height: size(5),
    width: size(5),
    from: size(2),
    to: size(3),
    kernel: size(3),
    stride: size(2),
    padding: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(
      shape,
      fc.boolean(),
      seed,
      ({ batch, height, width, from, to, kernel, stride, padding }, biased, s) => {
        fc.pre(Math.min(height, width) + 2 * padding >= kernel);
        const random = Random.seeded(s);
        const x = valuesOffKinks([batch, height, width, from], random);
        const w = valuesOffKinks([kernel, kernel, from, to], random);
        const b = biased ? valuesOffKinks([to], random) : null;
        checkGradients(b ? [x, w, b] : [x, w], (tape) => conv2d(tape, x, w, b, stride, padding), s);
      },
    ),
    RUNS,
  );
});

test('avgPool, with a dropped edge', () => {
  fc.assert(
    fc.property(
      size(2),
      size(5),
      size(5),
      size(3),
      size(3),
      seed,
      (batch, height, width, channels, window, s) => {
        fc.pre(window <= Math.min(height, width));
        const x = valuesOffKinks([batch, height, width, channels], Random.seeded(s));
        checkGradients([x], (tape) => avgPool(tape, x, window), s);
      },
    ),
    RUNS,
  );
});

const continuous: fc.Arbitrary<Clip> = fc.constantFrom<Clip>(
  { lower: -1, leak: 1, levels: 0, rounding: 'round' },
  { lower: 0, leak: 1, levels: 0, rounding: 'round' },
  { lower: -1, leak: 0.01, levels: 0, rounding: 'round' },
);

test('clip: stReLU, tReLU, tLeakyReLU, with one theta and with one per channel', () => {
  fc.assert(
    fc.property(size(4), size(4), continuous, fc.boolean(), seed, (rows, channels, shape, perChannel, s) => {
      const random = Random.seeded(s);
      const x = valuesOffKinks([rows, channels], random);
      const theta = new Tensor(
        new Float64Array(perChannel ? channels : 1).fill(1),
        [perChannel ? channels : 1],
        true,
      );
      checkGradients([x, theta], (tape) => clip(tape, x, theta, shape), s);
    }),
    RUNS,
  );
});

test('clip: ReLU', () => {
  fc.assert(
    fc.property(size(4), size(4), seed, (rows, channels, s) => {
      const x = valuesOffKinks([rows, channels], Random.seeded(s));
      const theta = new Tensor(new Float64Array([Number.POSITIVE_INFINITY]), [1]);
      checkGradients(
        [x],
        (tape) => clip(tape, x, theta, { lower: 0, leak: 1, levels: 0, rounding: 'round' }),
        s,
      );
    }),
    RUNS,
  );
});

test('batchNorm, alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), size(3), seed, (rows, channels, s) => {
      const random = Random.seeded(s);
      const x = valuesOffKinks([rows, channels], random);
      const gamma = valuesOffKinks([channels], random);
      const beta = valuesOffKinks([channels], random);
      const running = (): Tensor => new Tensor(new Float64Array(channels), [channels]);
      const bn = { gamma, beta, mean: running(), variance: running(), epsilon: 0.1, momentum: 0.1 };
      checkGradients([x, gamma, beta], (tape) => batchNorm(tape, x, bn, null), s);
    }),
    RUNS,
  );
});

test('batchNorm with a clip = batchNorm, then clip: values and gradients', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      size(3),
      continuous,
      fc.boolean(),
      seed,
      (rows, channels, shape, perChannel, s) => {
        const random = Random.seeded(s);
        const x = valuesOffKinks([rows, channels], random);
        const gamma = valuesOffKinks([channels], random);
        const beta = valuesOffKinks([channels], random);
        const theta = new Tensor(
          new Float64Array(perChannel ? channels : 1).fill(0.7),
          [perChannel ? channels : 1],
          true,
        );
        const running = (): Tensor => new Tensor(new Float64Array(channels), [channels]);
        const bn = { gamma, beta, mean: running(), variance: running(), epsilon: 0.1, momentum: 0.1 };
        checkSame(
          [x, gamma, beta, theta],
          (tape) => batchNorm(tape, x, bn, { clip: shape, theta }),
          (tape) => clip(tape, batchNorm(tape, x, bn, null), theta, shape),
        );
      },
    ),
    RUNS,
  );
});

test('add, also of a tensor to itself', () => {
  fc.assert(
    fc.property(size(3), size(4), fc.boolean(), seed, (rows, channels, same, s) => {
      const random = Random.seeded(s);
      const a = valuesOffKinks([rows, channels], random);
      const b = same ? a : valuesOffKinks([rows, channels], random);
      checkGradients(same ? [a] : [a, b], (tape) => add(tape, a, b), s);
    }),
    RUNS,
  );
});

test('flatten, then a second use of the same tensor', () => {
  fc.assert(
    fc.property(size(3), size(3), size(3), seed, (batch, width, channels, s) => {
      const x = valuesOffKinks([batch, width, channels], Random.seeded(s));
      checkGradients([x], (tape) => add(tape, flatten(tape, x), flatten(tape, x)), s);
    }),
    RUNS,
  );
});

test('dropout with a fixed mask', () => {
  fc.assert(
    fc.property(size(3), size(4), seed, (rows, channels, s) => {
      const x = valuesOffKinks([rows, channels], Random.seeded(s));
      checkGradients([x], (tape) => dropout(tape, x, 0.4, Random.seeded(s)), s);
    }),
    RUNS,
  );
});

test('softmaxCrossEntropy with smoothing', () => {
  fc.assert(
    fc.property(
      size(4),
      fc.integer({ min: 2, max: 5 }),
      fc.constantFrom(0, 0.1),
      seed,
      (rows, classes, smoothing, s) => {
        const random = Random.seeded(s);
        const logits = valuesOffKinks([rows, classes], random);
        const labels = Uint8Array.from({ length: rows }, () => random.integer(classes));
        checkGradients([logits], (tape) => softmaxCrossEntropy(tape, logits, labels, smoothing), s);
      },
    ),
    RUNS,
  );
});

test('scale', () => {
  fc.assert(
    fc.property(size(3), size(4), fc.integer({ min: -5, max: 5 }), seed, (rows, channels, factor, s) => {
      const x = valuesOffKinks([rows, channels], Random.seeded(s));
      checkGradients([x], (tape) => scale(tape, x, factor / 4), s);
    }),
    RUNS,
  );
});

const temperatures = fc.constantFrom(0.5, 1, 2, 4);

test('softCrossEntropy: its gradient, and nothing below the entropy of its targets', () => {
  fc.assert(
    fc.property(size(4), fc.integer({ min: 2, max: 5 }), temperatures, seed, (rows, classes, K, s) => {
      const random = Random.seeded(s);
      const logits = valuesOffKinks([rows, classes], random);
      const targets = new Float64Array(rows * classes).map(() => random.uniform(0.01, 1));
      for (let row = 0; row < targets.length; row += classes) {
        const sum = targets.subarray(row, row + classes).reduce((a, b) => a + b);
        for (let c = 0; c < classes; c++) targets[row + c]! /= sum;
      }
      checkGradients([logits], (tape) => softCrossEntropy(tape, logits, targets, K), s);
      const entropy = (-K * K * targets.reduce((sum, p) => sum + p * Math.log(p), 0)) / rows;
      assert.ok(softCrossEntropy(doubleTape(), logits, targets, K).item() >= entropy - 1e-9);
      const same = new Tensor(
        targets.map((p) => K * Math.log(p) + 3),
        [rows, classes],
        true,
      );
      assert.ok(Math.abs(softCrossEntropy(doubleTape(), same, targets, K).item() - entropy) < 1e-9);
    }),
    RUNS,
  );
});

test('softCrossEntropy against certainty at temperature 1 is softmaxCrossEntropy', () => {
  fc.assert(
    fc.property(size(4), fc.integer({ min: 2, max: 5 }), seed, (rows, classes, s) => {
      const random = Random.seeded(s);
      const logits = valuesOffKinks([rows, classes], random);
      const labels = Uint8Array.from({ length: rows }, () => random.integer(classes));
      const certain = Float64Array.from({ length: rows * classes }, (_, i) =>
        i % classes === labels[Math.floor(i / classes)] ? 1 : 0,
      );
      checkSame(
        [logits],
        (tape) => softCrossEntropy(tape, logits, certain, 1),
        (tape) => softmaxCrossEntropy(tape, logits, labels),
      );
    }),
    RUNS,
  );
});

test('spikePenalty is weight * mean(abs(y) / theta), for rest mean(y / theta + 1), for one theta and for one per channel', () => {
  const codes = {
    half: (rate: number) => Math.abs(rate),
    rest: (rate: number) => rate + 1,
  };
  fc.assert(
    fc.property(
      size(4),
      size(4),
      fc.boolean(),
      fc.constantFrom<SpikeCode>('half', 'rest'),
      seed,
      (rows, channels, perChannel, code, s) => {
        const random = Random.seeded(s);
        const y = valuesOffKinks([rows, channels], random);
        const thetas = Float64Array.from({ length: perChannel ? channels : 1 }, () => random.uniform(0.5, 2));
        const theta = new Tensor(thetas, [thetas.length], true);
        const spikes = [...y.data].map((value, i) => codes[code](value / thetas[i % thetas.length]!));
        const expected = (0.3 * spikes.reduce((a, b) => a + b)) / spikes.length;
        assert.ok(Math.abs(spikePenalty(doubleTape(), y, theta, 0.3, code).item() - expected) < 1e-12);
        checkGradients([y], (tape) => spikePenalty(tape, y, theta, 0.3, code), s);
        assert.equal(theta.gradient, null, 'theta must not grow to make spikes cheap');
      },
    ),
    RUNS,
  );
});

/** Two ways to compute the same thing must give the same values and gradients, to 1e-9 in float64. */
function checkSame(
  inputs: readonly Tensor[],
  one: (tape: Tape) => Tensor,
  other: (tape: Tape) => Tensor,
): void {
  const outcome = (compute: (tape: Tape) => Tensor): number[] => {
    const tape = doubleTape();
    const y = compute(tape);
    const scalar = tape.result([1], [y]);
    tape.record(scalar, () =>
      tape.receive(y, (dy) =>
        dy.forEach((_, i) => {
          dy[i] = Math.sin(i + 1);
        }),
      ),
    );
    tape.backward(scalar);
    const found = [...y.data, ...inputs.flatMap((x) => [...(x.gradient ?? [])])];
    tape.reset();
    return found;
  };
  const [a, b] = [outcome(one), outcome(other)];
  assert.equal(a.length, b.length);
  a.forEach((value, i) => {
    assert.ok(Math.abs(value - b[i]!) <= 1e-9 * (1 + Math.abs(value)), `element ${i}: ${value} and ${b[i]}`);
  });
}
