import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { autoAugment } from '../../../src/data/augment/auto-augment.ts';
import { CIFAR10_POLICY } from '../../../src/data/augment/cifar10-policy.ts';
import { createAugment } from '../../../src/data/augment/create-augment.ts';
import { affine, flip, rotation, shift } from '../../../src/data/augment/geometry.ts';
import { OPERATIONS } from '../../../src/data/augment/operations.ts';
import { cutout, randomCrop, randomFlip } from '../../../src/data/augment/simple.ts';
import type { Augment } from '../../../src/data/augment.ts';
import type { MapShape } from '../../../src/nn/architecture.ts';
import { Random } from '../../../src/random/random.ts';

const FILL = [7, 77, 177];
const shapes = fc.tuple(
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 1, max: 7 }),
  fc.constantFrom(1, 3),
);
const randomImage = ([h, w, c]: MapShape, seed: number): Uint8Array => {
  const random = Random.seeded(seed);
  return Uint8Array.from({ length: h * w * c }, () => random.integer(256));
};
/** The image after `change`; the original stays. */
const changed = (image: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array => {
  const copy = image.slice();
  change(copy);
  return copy;
};
/** Builds an image from a function of (row, column, channel). */
const drawn = ([h, w, c]: MapShape, at: (y: number, x: number, k: number) => number): Uint8Array =>
  Uint8Array.from({ length: h * w * c }, (_, i) => at(Math.floor(i / (w * c)), Math.floor(i / c) % w, i % c));
/** An image read with `fill` outside. */
const reader =
  (image: Uint8Array, [h, w, c]: MapShape) =>
  (y: number, x: number, k: number): number =>
    y >= 0 && y < h && x >= 0 && x < w ? image[(y * w + x) * c + k]! : FILL[k]!;

test('flip: column x becomes column width - 1 - x; twice is nothing', () => {
  fc.assert(
    fc.property(shapes, fc.integer(), (shape, seed) => {
      const image = randomImage(shape, seed);
      const at = reader(image, shape);
      const once = changed(image, (copy) => flip(copy, shape));
      assert.deepEqual(
        once,
        drawn(shape, (y, x, k) => at(y, shape[1] - 1 - x, k)),
      );
      assert.deepEqual(
        changed(once, (copy) => flip(copy, shape)),
        image,
      );
    }),
  );
});

test('shift: pixel (y, x) comes from (y + down, x + right), fill from outside', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.integer(),
      fc.integer({ min: -8, max: 8 }),
      fc.integer({ min: -8, max: 8 }),
      (shape, seed, down, right) => {
        const image = randomImage(shape, seed);
        const at = reader(image, shape);
        const expected = drawn(shape, (y, x, k) => at(y + down, x + right, k));
        assert.deepEqual(
          changed(image, (copy) => shift(copy, shape, down, right, FILL)),
          expected,
        );
        // the same as an affine map, which is written another way
        assert.deepEqual(
          changed(image, (copy) => affine(copy, shape, [1, 0, right, 0, 1, down], FILL)),
          expected,
        );
      },
    ),
  );
});

test('rotation by a quarter turn is exact: four of them are nothing, two are a half turn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer(), (side, seed) => {
      const shape: MapShape = [side, side, 3];
      const image = randomImage(shape, seed);
      const at = reader(image, shape);
      const turn = (copy: Uint8Array) => affine(copy, shape, rotation(90, shape), FILL);
      const once = changed(image, turn);
      assert.deepEqual(
        once,
        drawn(shape, (y, x, k) => at(x, side - 1 - y, k)),
        'counter-clockwise',
      );
      const twice = changed(once, turn);
      assert.deepEqual(
        twice,
        drawn(shape, (y, x, k) => at(side - 1 - y, side - 1 - x, k)),
      );
      assert.deepEqual(changed(changed(twice, turn), turn), image);
      assert.deepEqual(
        changed(image, (copy) => affine(copy, shape, rotation(0, shape), FILL)),
        image,
      );
    }),
  );
});

test('random crop is one of the (2 padding + 1)^2 crops of the padded image, and each occurs', () => {
  const shape: MapShape = [3, 4, 1];
  const image = randomImage(shape, 1);
  const at = reader(image, shape);
  const all = new Map<string, number>();
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++)
      all.set(drawn(shape, (y, x, k) => at(y + down, x + right, k)).join(), 0);
  }
  assert.equal(all.size, 9);
  const crop = randomCrop(1, FILL);
  const random = Random.seeded(3);
  for (let i = 0; i < 900; i++) {
    const key = changed(image, (copy) => crop(copy, shape, random)).join();
    all.set(key, all.get(key)! + 1); // NaN for a crop that is none of the nine
  }
  // 100 expected each, deviation 9.4: six deviations
  assert.ok(
    [...all.values()].every((n) => Math.abs(n - 100) < 57),
    [...all.values()].join(),
  );
});

test('random flip mirrors every second image', () => {
  const shape: MapShape = [1, 2, 1];
  const random = Random.seeded(8);
  let flipped = 0;
  for (let i = 0; i < 1000; i++)
    flipped += changed(Uint8Array.of(0, 1), (copy) => randomFlip()(copy, shape, random))[0]!;
  assert.ok(Math.abs(flipped - 500) < 95, `${flipped}`); // six deviations
});

test('cutout covers a square around one of the pixels, cut off at the border, and nothing else', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 5 }), fc.integer(), (shape, size, seed) => {
      const image = randomImage(shape, seed);
      const result = changed(image, (copy) => cutout(size, FILL)(copy, shape, Random.seeded(seed)));
      const places = [];
      for (let cy = 0; cy < shape[0]; cy++) {
        for (let cx = 0; cx < shape[1]; cx++) {
          const [top, left] = [cy - Math.floor(size / 2), cx - Math.floor(size / 2)];
          const covered = (y: number, x: number): boolean =>
            y >= top && y < top + size && x >= left && x < left + size;
          places.push(
            drawn(shape, (y, x, k) => (covered(y, x) ? FILL[k]! : reader(image, shape)(y, x, k))).join(),
          );
        }
      }
      assert.ok(places.includes(result.join()));
    }),
  );
});

test('augmentations depend on the generator alone, whatever came before', () => {
  const augment = createAugment(
    { crop: 2, flip: true, autoAugment: true, cutout: 3 },
    { mean: [0.5, 0.25, 0.75] },
  )!;
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (seed, other) => {
      const shape: MapShape = [8, 8, 3];
      const image = randomImage(shape, seed);
      const run = (s: number) => changed(image, (copy) => augment(copy, shape, Random.seeded(s)));
      const first = run(seed);
      run(other);
      assert.deepEqual(run(seed), first);
    }),
  );
});

test('a specification without entries is no augmentation; fills are the mean colour', () => {
  assert.equal(createAugment({}, { mean: [0.5] }), undefined);
  assert.equal(createAugment({ crop: 0, flip: false, cutout: 0 }, { mean: [0.5] }), undefined);
  const cover = createAugment({ cutout: 9 }, { mean: [0.5, 0, 1] })!;
  assert.deepEqual(
    [...changed(new Uint8Array(3).fill(9), (copy) => cover(copy, [1, 1, 3], Random.seeded(1)))],
    [128, 0, 255],
  );
});

test('the policy: 25 pairs of known operations, as many of each as published', () => {
  assert.equal(CIFAR10_POLICY.length, 25);
  const steps = CIFAR10_POLICY.flat();
  assert.equal(steps.length, 50);
  const counts: Record<string, number> = {};
  for (const { operation, probability, level } of steps) {
    assert.ok(
      Object.hasOwn(OPERATIONS, operation) &&
        probability >= 0 &&
        probability <= 1 &&
        level >= 0 &&
        level <= 9,
    );
    counts[operation] = (counts[operation] ?? 0) + 1;
  }
  assert.deepEqual(counts, {
    autoContrast: 7,
    brightness: 4,
    colour: 5,
    contrast: 2,
    equalize: 9,
    invert: 3,
    posterize: 1,
    rotate: 1,
    sharpness: 5,
    shearY: 2,
    solarize: 4,
    translateX: 2,
    translateY: 5,
  });
});

test('an operation is applied as often as its probability says, in both directions', () => {
  const shape: MapShape = [1, 9, 1];
  const image = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const tallies = new Map<string, number>();
  const run: Augment = autoAugment([0], [[{ operation: 'translateX', probability: 0.75, level: 9 }]]);
  const random = Random.seeded(2);
  for (let i = 0; i < 2000; i++) {
    const key = changed(image, (copy) => run(copy, shape, random)).join('');
    tallies.set(key, (tallies.get(key) ?? 0) + 1);
  }
  // 9 * 150 / 331 = 4.08: four pixels. Six deviations of 2000 draws: 116
  assert.equal(tallies.size, 3);
  assert.ok(Math.abs(tallies.get('123456789')! - 500) < 116);
  assert.ok(Math.abs(tallies.get('000012345')! - 750) < 130);
  assert.ok(Math.abs(tallies.get('567890000')! - 750) < 130);
});
