import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createModel } from '../../src/nn/create-model.ts';
import { Random } from '../../src/random/random.ts';
import { thetaWidth } from '../../src/train/theta-annealing.ts';
import { train } from '../../src/train/train.ts';
import { bars, referenceRuntime, SMALL_OPTIONS, smallNetwork } from './small.ts';

const DATA = { train: bars(96, 1), test: bars(30, 2) };
const ANNEALED = { ...SMALL_OPTIONS, thetaRate: 0, thetaFrom: 3, anneal: 1.5 };

test('the width falls from thetaFrom to 1 in a straight line and stays there', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 50, noNaN: true }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 20 }),
      (thetaFrom, quarters, perEpoch) => {
        const options = { thetaFrom, anneal: quarters / 4 };
        const at = (steps: number): number => thetaWidth(options, perEpoch, steps);
        assert.equal(at(0), thetaFrom);
        const end = options.anneal * perEpoch;
        assert.ok(Math.abs(at(end / 2) - (thetaFrom + 1) / 2) < 1e-12 * thetaFrom);
        assert.equal(at(end), 1);
        assert.equal(at(end + 7), 1);
        assert.equal(thetaWidth({ thetaFrom: 1, anneal: 0 }, perEpoch, 0), 1);
      },
    ),
  );
});

test('thetas in training are those of the schedule at every step, from any checkpoint on, and end at their value', () => {
  const runtime = referenceRuntime();
  for (const resumeAt of [null, 5]) {
    const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
    const theta = model.tensors.get('act1.theta')!.data;
    const start = 0.7;
    // a resumed run's thetas are its checkpoint's, whatever the network begins with
    theta[0] = resumeAt === null ? start : 5;
    let checkpoint: Parameters<typeof train>[4];
    if (resumeAt !== null) {
      const other = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
      other.tensors.get('act1.theta')!.data[0] = start;
      for (const event of train(runtime, other, DATA, ANNEALED)) {
        if (event.step === resumeAt) checkpoint = event.checkpoint();
      }
    }
    for (const { step } of train(runtime, model, DATA, ANNEALED, checkpoint))
      assert.equal(
        theta[0],
        Math.fround(Math.fround(start) * thetaWidth(ANNEALED, 12, step)),
        `step ${step}`,
      );
    assert.equal(theta[0], Math.fround(start));
  }
});

test('a theta that is trained is not annealed as well; one that would not arrive is refused', () => {
  const runtime = referenceRuntime();
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  const first = (options: typeof ANNEALED): unknown => train(runtime, model, DATA, options).next();
  assert.throws(() => first({ ...ANNEALED, thetaRate: 0.1 }), /UsageError: .*set thetaRate to 0/);
  assert.throws(() => first({ ...ANNEALED, anneal: 2.5 }), /UsageError: .*2.5 epochs of annealing in 2/);
});
