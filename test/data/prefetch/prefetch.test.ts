import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { createAugment } from '../../../src/data/augment/create-augment.ts';
import { type Batches, createBatches } from '../../../src/data/batches.ts';
import { prefetch } from '../../../src/data/prefetch/prefetch.ts';
import { createRing, ringOn, serialOf, stamp } from '../../../src/data/prefetch/ring.ts';
import { drawStrokes } from '../../../src/data/strokes.ts';

const AUGMENT = { crop: 2, flip: true, autoAugment: true, cutout: 5 };
const SET = drawStrokes({ count: 50, seed: 1, split: 'train' });
const OPTIONS = { batchSize: 8, seed: 3 };
const PLAIN = createBatches(SET, { ...OPTIONS, augment: createAugment(AUGMENT, SET)! });

function batchOf(batches: Batches, epoch: number, position: number): unknown[] {
  const pixels = new Float32Array(8 * 784);
  const labels = new Uint8Array(8);
  return [batches.fill(epoch, position, pixels, labels), pixels, labels];
}
/** Gives the thread time to start. */
async function untilAhead(batches: ReturnType<typeof prefetch>): Promise<void> {
  const before = batches.ahead;
  for (let tries = 0; batches.ahead === before; tries++) {
    assert.ok(tries < 3000, 'the thread never came');
    batchOf(batches, 0, tries % batches.perEpoch);
    await setTimeout(10);
  }
}

test('in order, by jumps forwards and backwards, across epochs: the bytes of the plain batches, most of them from the thread', async () => {
  const batches = prefetch(SET, OPTIONS, AUGMENT);
  try {
    assert.equal(batches.perEpoch, 7);
    await untilAhead(batches);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.nat(6),
        fc.integer({ min: 1, max: 12 }),
        (epoch, position, run) => {
          const before = batches.ahead;
          for (let serial = 7 * epoch + position; serial < 7 * epoch + position + run; serial++) {
            const [e, p] = [Math.floor(serial / 7), serial % 7];
            assert.deepEqual(batchOf(batches, e, p), batchOf(PLAIN, e, p));
          }
          assert.equal(batches.ahead - before, run);
        },
      ),
      { numRuns: 60 },
    );
    assert.deepEqual(batches.order(3).slice(), PLAIN.order(3).slice());
  } finally {
    batches.close();
  }
});

test('from the first batch on, before the thread has started, and after it is closed', () => {
  const batches = prefetch(SET, OPTIONS, AUGMENT);
  assert.deepEqual(batchOf(batches, 2, 3), batchOf(PLAIN, 2, 3));
  batches.close();
  batches.close();
  assert.deepEqual(batchOf(batches, 2, 4), batchOf(PLAIN, 2, 4));
  assert.throws(() => batchOf(batches, 0, 7), RangeError);
});

test('a thread that is lost, or too slow for the patience, costs no byte', async () => {
  const batches = prefetch(SET, OPTIONS, AUGMENT, { patienceMs: 0 }); // lost at the first wait
  try {
    for (let round = 0; round < 50; round++) {
      assert.deepEqual(batchOf(batches, round, round % 7), batchOf(PLAIN, round, round % 7));
      await setTimeout(2);
    }
  } finally {
    batches.close();
  }
});

test('a stamp keeps era and serial apart', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(), (era, serial, otherEra, otherSerial) => {
      assert.equal(serialOf(stamp(era, serial)), serial);
      assert.equal(
        stamp(era, serial) === stamp(otherEra, otherSerial),
        era === otherEra && serial === otherSerial,
      );
      assert.equal(stamp(era, serial) + 1n, stamp(era, serial + 1));
    }),
  );
});

test('the parts of a ring do not overlap', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 9 }),
      (slots, values, images) => {
        const ring = ringOn(createRing(slots, values, images), slots, values, images);
        assert.deepEqual([...ring.stamps], new Array(slots).fill(-1n));
        ring.control.fill(1n);
        ring.stamps.fill(2n);
        ring.counts.fill(3);
        for (const part of ring.pixels) part.fill(4);
        for (const part of ring.labels) part.fill(5);
        assert.ok(
          ring.control.every((v) => v === 1n) &&
            ring.stamps.every((v) => v === 2n) &&
            ring.counts.every((v) => v === 3),
        );
        assert.ok(
          ring.pixels.every((part) => part.every((v) => v === 4)) &&
            ring.labels.every((part) => part.every((v) => v === 5)),
        );
      },
    ),
  );
});
