/** @file A profile tells where the time went and changes nothing: the same bits, every call counted in the place where it was made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProfile } from '../../src/kernels/profile.ts';
import { profiledKernels } from '../../src/kernels/profiled-kernels.ts';
import { referenceKernels } from '../../src/kernels/reference.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { createInference } from '../../src/nn/inference.ts';
import { conv2d, flatten, linear, residual, strelu } from '../../src/nn/layers.ts';
import { isTrained, parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';
import { train } from '../../src/train/train.ts';
import { bars, referenceRuntime, SMALL_OPTIONS } from './small.ts';

const DATA = { train: bars(12, 1), test: bars(6, 2) };
const OPTIONS = { ...SMALL_OPTIONS, epochs: 2, batchSize: 6 };
const NETWORK: Architecture = sequential(
  conv2d(2, 3, { padding: 'same' }),
  strelu(),
  residual([conv2d(2, 3, { padding: 'same' })], []),
  strelu(),
  flatten(),
  linear(3),
)([6, 6, 1], 'small');

function weightsAfter(kernels = referenceKernels): Map<string, Float32Array> {
  const runtime = { ...referenceRuntime(), kernels };
  const model = createModel(runtime.heap, NETWORK, Random.seeded(3));
  for (const _ of train(runtime, model, DATA, OPTIONS));
  return new Map([...model.tensors].map(([name, { data }]) => [name, Float32Array.from(data)]));
}

test('every call of a training is counted once, in its layer and direction, and the network keeps its bits', () => {
  let clock = 0;
  const now = (): number => clock++;
  const profile = createProfile(now);
  assert.deepEqual(weightsAfter(profiledKernels(referenceKernels, profile, now)), weightsAfter());
  const rows = profile.rows();
  const calls = (direction: string, layer: string, kernel: string): number =>
    rows.find((row) => row.direction === direction && row.layer === layer && row.kernel === kernel)?.calls ??
    0;
  const steps = 4;
  const [first, second] = NETWORK.layers.flatMap((layer) =>
    layer.kind === 'conv2d' ? [layer.name] : layer.kind === 'residual' ? [layer.body[0]!.name] : [],
  );
  const join = NETWORK.layers.find(({ kind }) => kind === 'residual')!.name;
  assert.equal(calls('forward', first!, 'conv2d'), steps);
  assert.equal(calls('backward', first!, 'conv2dBackwardWeights'), steps);
  assert.equal(calls('backward', first!, 'conv2dBackwardInput'), 0, 'images need no gradient');
  assert.equal(calls('backward', second!, 'conv2dBackwardInput'), steps);
  assert.ok(calls('inference', second!, 'conv2d') > 0);
  assert.equal(calls('forward', join, 'add'), steps);
  assert.equal(calls('forward', 'loss', 'softmaxCrossEntropy'), steps);
  const trained = parameterSpecs(NETWORK.layers).filter(isTrained).length;
  assert.equal(calls('update', '', 'sgd'), steps * trained);
  // this clock moves by 1 ms whenever it is read: each call took just that
  for (const row of rows) assert.ok(Math.abs(1000 * row.seconds - row.calls) < 1e-9, row.kernel);
  const total = rows.reduce((sum, row) => sum + row.seconds, 0);
  assert.ok(total < profile.elapsed());
  assert.deepEqual(
    rows.map((row) => row.seconds),
    rows.map((row) => row.seconds).toSorted((a, b) => b - a),
  );
});

test('what is done after a network has answered belongs to no layer of it', () => {
  const profile = createProfile();
  const runtime = { ...referenceRuntime(), kernels: profiledKernels(referenceKernels, profile) };
  const model = createModel(runtime.heap, NETWORK, Random.seeded(3));
  const inference = createInference(runtime, model);
  inference.forward(inference.tape.full([1, 6, 6, 1], 0.5));
  inference.tape.full([2], 1).add(1);
  assert.throws(() => inference.forward(inference.tape.full([1, 5, 5, 1], 0.5)));
  inference.tape.full([2], 1).add(1);
  const other = profile.rows().filter(({ direction }) => direction === 'other');
  assert.equal(
    other.reduce((sum, { calls }) => sum + calls, 0),
    2,
  );
  assert.ok(other.every(({ layer }) => layer === ''));
});

test('a kernel that throws is counted too, and its error passes', () => {
  const profile = createProfile();
  const { gemm } = profiledKernels(
    {
      ...referenceKernels,
      gemm: () => {
        throw new Error('no memory');
      },
    },
    profile,
  );
  const shape = { m: 1, n: 1, k: 1, transposeA: false, transposeB: false };
  const one = new Float32Array(1);
  assert.throws(() => gemm(one, one, one, shape), /no memory/);
  assert.equal(profile.rows()[0]!.calls, 1);
});
