/** @file Training options out of their range, and words that are none of theirs, are refused by name before the first step; the ends of a range are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawStrokes } from '../../src/data/strokes.ts';
import { RUN_LIMITS } from '../../src/lab/training/run-limits.ts';
import { RECORD_NAMES } from '../../src/lab/training/run-record.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { flatten, linear } from '../../src/nn/layers.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import { checkRanges } from '../../src/train/check-ranges.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { fit } from '../../src/train/fit.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../src/train/options.ts';

const taken = (own: Partial<TrainOptions>): void => checkRanges({ ...TRAIN_DEFAULTS, ...own });
const refused = (own: Record<string, unknown>, message: RegExp): void =>
  assert.throws(() => checkRanges({ ...TRAIN_DEFAULTS, ...own } as TrainOptions), message);

test('every option that is a number has a range: no number is NaN, infinite or below it, and none is a text', () => {
  const numbers = Object.entries(TRAIN_DEFAULTS).filter(([, value]) => typeof value === 'number');
  const withOwnCheck = new Set(['lookaheadShare']); // only where it looks ahead: check-options.ts
  const names = [...numbers.map(([name]) => name).filter((name) => !withOwnCheck.has(name)), 'headDecay'];
  assert.ok(names.length > 20);
  const bad = fc.oneof(
    fc.constantFrom<unknown>(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      '1',
      undefined,
      true,
    ),
    fc.double({ max: -Number.MIN_VALUE, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...names), bad, (name, value) =>
      refused(
        { [name]: value },
        new RegExp(`^UsageError: training: ${name}: expected a (whole )?number .*, found `),
      ),
    ),
  );
});

test('the ends of a range belong to it or not, as the option means it', () => {
  taken({
    learningRate: 0,
    momentum: 0,
    ema: 0.9999,
    labelSmoothing: 0.99,
    teacherWeight: 1,
    headDecay: null,
  });
  taken({ epochs: 1, batchSize: 1, seed: 2 ** 32 - 1, warmup: 0.25, anneal: 0.5 });
  for (const name of ['momentum', 'ema', 'labelSmoothing'])
    refused({ [name]: 1 }, /of at least 0 and below 1, found 1$/);
  refused({ epochs: 0 }, /epochs: expected a whole number of at least 1, found 0$/);
  refused({ epochs: 1.5 }, /epochs: expected a whole number of at least 1, found 1.5$/);
  refused(
    { seed: 2 ** 32 },
    /seed: expected a whole number of at least 0 and at most 4294967295, found 4294967296$/,
  );
  refused({ temperature: 0 }, /temperature: expected a number above 0, found 0$/);
});

test('whatever a run from a file may have, the training takes: the two tables of bounds agree', () => {
  const values = [0, 0.001, 0.25, 0.5, 0.999, 0.9999, 1, 2, 3, 64, 100, 1000, 65_536, 2 ** 32 - 1];
  let tried = 0;
  for (const [field, name] of Object.entries(RECORD_NAMES))
    if (field in TRAIN_DEFAULTS && typeof TRAIN_DEFAULTS[field as keyof TrainOptions] === 'number')
      for (const value of values.filter((one) => RUN_LIMITS[name].allows(one))) {
        taken({ [field]: value });
        tried++;
      }
  assert.ok(tried > 150, `${tried}`);
});

test('a word that an option does not have is refused with those that it has', () => {
  refused({ optimizer: 'adamw' }, /training: optimizer: expected one of sgd, adam, muon, found adamw$/);
  refused({ fall: 'step' }, /fall: expected one of cosine, linear, found step$/);
  refused({ muonOf: 'all' }, /muonOf: expected one of weights, convolutions, found all$/);
  refused({ spikeCode: 'full' }, /spikeCode: expected one of half, rest, found full$/);
});

test('a training and an evaluation refuse images that the network was not made for: labels beyond its classes would read beyond its logits', async () => {
  const runtime = createRuntime();
  try {
    const images = drawStrokes({ count: 64, seed: 1, split: 'train' });
    const made = (classes: number, side = 28) =>
      createModel(
        runtime.heap,
        sequential(flatten(), linear(classes))([side, side, 1], 'small'),
        Random.seeded(1),
      );
    const data = { train: images, test: images };
    const options = { ...TRAIN_DEFAULTS, epochs: 1 };
    for (const model of [made(4), made(10, 8)]) {
      const says = /^InputError: strokes: images of 28x28x1 in 10 classes, but small expects /;
      await assert.rejects(async () => fit(runtime, model, data, options), says);
      assert.throws(() => evaluate(runtime, model, images), says);
    }
    const other = { ...images, name: 'other', classes: 11 };
    await assert.rejects(
      async () => fit(runtime, made(10), { train: images, test: other }, options),
      /^InputError: other: .* in 11 classes/,
    );
    await assert.rejects(
      async () => fit(runtime, made(10), data, { ...options, epochs: Number.NaN }),
      /epochs: expected/,
    );
  } finally {
    runtime.close();
  }
});
