/** @file Options that contradict each other, or reach beyond the images or the training, are refused before the first step; what just fits is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createDataset } from '../../src/data/create-dataset.ts';
import { checkFits } from '../../src/train/check-fits.ts';
import { checkOptions } from '../../src/train/check-options.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../src/train/options.ts';
import { train } from '../../src/train/train.ts';

const refused = (own: Partial<TrainOptions>, message: RegExp, teacher = false): void =>
  assert.throws(() => checkOptions({ ...TRAIN_DEFAULTS, ...own }, teacher), message, JSON.stringify(own));
const taken = (own: Partial<TrainOptions>, teacher = false): void =>
  checkOptions({ ...TRAIN_DEFAULTS, ...own }, teacher);

test('of two options that do not go together one is named, with what was expected and found', () => {
  refused({ anneal: 1 }, /^UsageError: training: thetas that are trained .* set thetaRate to 0/);
  refused({ anneal: 4, thetaRate: 0 }, /would not reach their value: 4 epochs of annealing in 3/);
  taken({ anneal: 3, thetaRate: 0 });
  refused({ firstBiasEpochs: 3.5 }, /firstBiasEpochs: expected at most the 3 epochs, found 3\.5/);
  taken({ firstBiasEpochs: 3 });
  refused(
    { warmup: 3.5 },
    /warmup: expected at most the 3 epochs, found 3\.5; the rate would never reach its peak/,
  );
  taken({ warmup: 3 });
  for (const lookaheadShare of [0, -0.5, 1.01, Number.NaN])
    refused({ lookahead: 5, lookaheadShare }, /lookaheadShare: expected above 0 and at most 1, found /);
  for (const lookaheadShare of [0.01, 1]) taken({ lookahead: 5, lookaheadShare });
  taken({ lookaheadShare: 0 }); // it never goes back
  refused({ teacherWeight: 0.5 }, /a teacher and a teacherWeight above 0 need each other/);
  refused({}, /a teacher and a teacherWeight above 0 need each other/, true);
  taken({ teacherWeight: 0.5 }, true);
});

const set = (height: number, width: number, count: number) =>
  createDataset({
    images: Uint8Array.from({ length: count * height * width }, (_, i) => i),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
    shape: [height, width, 1],
    classes: 2,
  });

test('augmentation stays within the images: one pixel more than fits is refused by name, in either direction', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (height, width) => {
      const images = set(height, width, 4);
      const side = Math.min(height, width);
      for (const [name, most] of [
        ['crop', side - 1],
        ['translate', side - 1],
        ['cutout', side],
      ] as const) {
        const options = (pixels: number): TrainOptions => ({
          ...TRAIN_DEFAULTS,
          augment: { [name]: pixels },
        });
        checkFits(options(most), images);
        assert.throws(
          () => checkFits(options(most + 1), images),
          new RegExp(
            `^UsageError: ${name}: expected at most ${most} pixels for images of ${height}x${width}, found ${most + 1};`,
          ),
        );
      }
    }),
  );
});

test('weights that would never go back are told of; the training itself asks before its first step', () => {
  const images = set(4, 4, 10);
  const options = { ...TRAIN_DEFAULTS, epochs: 2, batchSize: 3, lookahead: 6 };
  checkFits(options, images);
  const message = /^UsageError: lookahead: expected at most the 6 steps of the training, found 7/;
  assert.throws(() => checkFits({ ...options, lookahead: 7 }, images), message);
  checkFits({ ...options, batchSize: 11, lookahead: 7 }, images); // no step at all: said elsewhere
  const model = { architecture: { layers: [], input: [4, 4, 1] } } as unknown as Parameters<typeof train>[1];
  const events = (own: Partial<TrainOptions>) =>
    train({} as never, model, { train: images, test: images }, { ...options, ...own }).next();
  assert.throws(() => events({ lookahead: 7 }), message);
  assert.throws(() => events({ augment: { translate: 4 } }), /^UsageError: translate: expected at most 3/);
  assert.throws(() => events({ firstBiasEpochs: 3 }), /^UsageError: training: firstBiasEpochs/);
});
