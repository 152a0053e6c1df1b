/** @file Weights that are transformed once give the bits of those that are transformed in every call, and their memory is bounded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSimdConv2d, schemeFor } from '../../src/kernels/conv2d/simd.ts';
import type { Clip, Conv2dShape, Floats } from '../../src/kernels/kernels.ts';
import { createPrepacked, type Prepacked } from '../../src/kernels/prepacked.ts';
import { roundUp } from '../../src/kernels/round-up.ts';
import { Arena } from '../../src/memory/arena.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { onHeap } from './support.ts';

const heap = new Heap();

/** The same, and how many bytes each form that has been written takes. */
function watched(prepacked: Prepacked): {
  readonly watcher: Prepacked;
  readonly written: Map<string, number>;
} {
  const written = new Map<string, number>();
  const watcher: Prepacked = {
    of: (weights, form, bytes, write) =>
      prepacked.of(weights, form, bytes, (pointer) => {
        assert.ok(!written.has(form));
        written.set(form, bytes);
        write(pointer);
      }),
  };
  return { watcher, written };
}

const int = (min: number, max: number) => fc.integer({ min, max });
/** Few tiles and many, one block of channels and several, the last not full, and maps of 2. */
const shapes: fc.Arbitrary<Conv2dShape> = fc
  .record({
    batch: fc.oneof(int(1, 3), int(20, 24)),
    map: fc.oneof(int(1, 9), fc.constant(2)),
    inChannels: fc.oneof(int(4, 10), fc.constant(75)).map((n) => 4 * n),
    outChannels: fc.oneof(int(4, 10), fc.constant(35)).map((n) => 4 * n),
    kernel: fc.constantFrom(3, 5),
  })
  .map(({ map, kernel, ...s }) => ({
    ...s,
    inHeight: map,
    inWidth: map,
    outHeight: map,
    outWidth: map,
    kernel,
    stride: 1,
    padding: (kernel - 1) / 2,
  }));
const CLIP: Clip = { lower: -1, leak: 1, levels: 0, rounding: 'round' };

const bits = (values: Floats): Uint32Array => new Uint32Array(Float32Array.from(values).buffer);

for (const lanes of [1, 3]) {
  test(`a convolution by prepacked weights = one by the weights, bit for bit, ${lanes} lanes`, () => {
    const plain = createSimdConv2d(new Arena(heap), new LocalTeam(heap));
    const team = createTeam(heap, lanes);
    const kernels = createSimdConv2d(new Arena(heap), team);
    try {
      fc.assert(
        fc.property(shapes, fc.boolean(), fc.nat(), (s, activated, seed) => {
          onHeap(heap, (array) => {
            const pixels = s.batch * s.outHeight * s.outWidth;
            const w = array(s.kernel ** 2 * s.inChannels * s.outChannels, seed);
            const bias = activated ? array(s.outChannels, seed + 1) : null;
            const fused = activated ? { clip: CLIP, theta: array(1).fill(0.5) } : null;
            const [y, expected] = [array(pixels * s.outChannels), array(pixels * s.outChannels)];
            const prepacked = createPrepacked(heap, [w]);
            const { written, watcher } = watched(prepacked);
            for (const round of [2, 3]) {
              const x = array(pixels * s.inChannels, seed + round);
              plain.conv2d(x, w, bias, fused, expected, s);
              kernels.conv2d(x, w, bias, fused, y, s, watcher);
              assert.deepEqual(bits(y), bits(expected));
              assert.equal(written.size, schemeFor(s) ? 1 : 0);
            }
            const held = heap.used;
            prepacked.close();
            const kept = [...written.values()].reduce((sum, bytes) => sum + roundUp(bytes, 64), 0);
            assert.equal(held - heap.used, kept);
          });
        }),
        { numRuns: lanes === 1 ? 60 : 20 },
      );
    } finally {
      team.close();
    }
  });
}

test('one form for each scheme that a map asks for', () => {
  const kernels = createSimdConv2d(new Arena(heap), new LocalTeam(heap));
  onHeap(heap, (array) => {
    const w = array(9 * 16 * 16, 1);
    const prepacked = createPrepacked(heap, [w]);
    const { written, watcher } = watched(prepacked);
    for (const map of [2, 4, 6, 2, 4, 6]) {
      const sizes = { inHeight: map, inWidth: map, outHeight: map, outWidth: map, padding: 1 };
      const s = { batch: 1, inChannels: 16, outChannels: 16, kernel: 3, stride: 1, ...sizes };
      const [x, y, expected] = [array(map ** 2 * 16, map), array(map ** 2 * 16), array(map ** 2 * 16)];
      kernels.conv2d(x, w, null, null, expected, s);
      kernels.conv2d(x, w, null, null, y, s, watcher);
      assert.deepEqual(bits(y), bits(expected));
    }
    assert.equal(written.size, 3);
    prepacked.close();
  });
});

/** Fills nothing. */
const nothing = (): void => {};
const never = (): void => assert.fail('it must not be written');

test('only the weights of the owner are kept: another array at the same address is another', () => {
  onHeap(heap, (array) => {
    const w = array(16, 1);
    const prepacked = createPrepacked(heap, [w]);
    const there = prepacked.of(w, 'form', 64, nothing);
    assert.notEqual(there, 0);
    assert.equal(prepacked.of(w, 'form', 64, never), there);
    assert.equal(prepacked.of(heap.f32(w.byteOffset, 16), 'form', 64, never), 0);
    prepacked.close();
    assert.equal(prepacked.of(w, 'form', 64, never), 0);
    prepacked.close();
  });
});

test('never more than the bound: a sixteenth of the largest heap, and a form that does not fit leaves room for others', () => {
  const small = new Heap({ initialBytes: 2 ** 20, maximumBytes: 2 ** 20 });
  const w = small.f32(small.allocate(64), 16);
  const before = small.used;
  const prepacked = createPrepacked(small, [w]);
  assert.notEqual(prepacked.of(w, 'half', 2 ** 15, nothing), 0);
  assert.equal(prepacked.of(w, 'too large', 2 ** 15 + 64, never), 0);
  assert.notEqual(prepacked.of(w, 'the other half', 2 ** 15, nothing), 0);
  assert.equal(prepacked.of(w, 'one more', 64, never), 0);
  assert.equal(small.used - before, 2 ** 20 / 16);
  prepacked.close();
  assert.equal(small.used, before);
  assert.equal(new Heap().maximum / 16, 256 * 2 ** 20 - 2 ** 12);
});

test('where the heap is full nothing is kept, and nothing fails for want of it', () => {
  const small = new Heap({ initialBytes: 2 ** 20, maximumBytes: 2 ** 20 });
  const w = small.f32(small.allocate(64), 16);
  assert.throws(() => {
    for (;;) small.allocate(2 ** 14);
  }, /heap: needs/);
  const prepacked = createPrepacked(small, [w]);
  assert.equal(prepacked.of(w, 'form', 2 ** 15, never), 0);
  assert.equal(prepacked.of(w, 'another', 64, never), 0);
  prepacked.close();
});

test('what cannot be written is not kept', () => {
  onHeap(heap, (array) => {
    const w = array(16, 1);
    const prepacked = createPrepacked(heap, [w]);
    const before = heap.used;
    assert.throws(
      () =>
        prepacked.of(w, 'form', 64, () => {
          throw new Error('a lane has died');
        }),
      /a lane has died/,
    );
    assert.equal(heap.used, before);
    let written = 0;
    prepacked.of(w, 'form', 64, () => {
      written++;
    });
    assert.equal(written, 1);
    prepacked.close();
  });
});
