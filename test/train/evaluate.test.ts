import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flip } from '../../src/data/augment/geometry.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { Random } from '../../src/random/random.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { mirror } from '../../src/train/mirror.ts';
import { bars, referenceRuntime, smallNetwork } from './small.ts';

test('mirroring floats moves them as flipping an image moves its bytes; twice is not at all', () => {
  const size = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(size, size, size, size, fc.nat(1000), (count, height, width, channels, seed) => {
      const random = Random.seeded(seed);
      const shape = [height, width, channels] as const;
      const each = height * width * channels;
      const bytes = Uint8Array.from({ length: count * each }, () => random.integer(256));
      const once = new Float32Array(bytes.length);
      mirror(Float32Array.from(bytes), shape, once);
      const twice = new Float32Array(bytes.length);
      mirror(once, shape, twice);
      assert.deepEqual(twice, Float32Array.from(bytes));
      for (let i = 0; i < count; i++) flip(bytes.subarray(i * each, (i + 1) * each), shape);
      assert.deepEqual(once, Float32Array.from(bytes));
    }),
  );
});

test('test-time flip: the logits of both images added, so that a mirrored data set is answered alike', () => {
  const runtime = referenceRuntime();
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(3));
  const test = bars(20, 5);
  const mirrored = { ...test, images: Uint8Array.from(test.images) };
  for (let i = 0; i < test.count; i++) flip(mirrored.images.subarray(i * 36, (i + 1) * 36), test.shape);
  const [own, other] = [evaluate(runtime, model, test), evaluate(runtime, model, mirrored)];
  const both = evaluate(runtime, model, test, { flip: true, batchSize: 7 });
  assert.notDeepEqual(own.logits, other.logits);
  assert.deepEqual(
    both.logits,
    own.logits.map((logit, i) => logit + other.logits[i]!),
  );
  assert.deepEqual(evaluate(runtime, model, mirrored, { flip: true }).logits, both.logits);
});
