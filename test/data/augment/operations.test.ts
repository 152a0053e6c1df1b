import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  autoContrast,
  brightness,
  colour,
  contrast,
  equalize,
  invert,
  posterize,
  sharpness,
  solarize,
} from '../../../src/data/augment/colour.ts';
import { OPERATIONS, type OperationName } from '../../../src/data/augment/operations.ts';
import type { MapShape } from '../../../src/nn/architecture.ts';
import { Random } from '../../../src/random/random.ts';

const SHAPE: MapShape = [5, 6, 3];
const seeds = fc.integer();
const randomImage = (seed: number, shape: MapShape = SHAPE): Uint8Array => {
  const random = Random.seeded(seed);
  const top = 1 + random.integer(256);
  return Uint8Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.integer(top));
};
const changed = (image: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array => {
  const copy = image.slice();
  change(copy);
  return copy;
};
const clamp = (value: number): number => Math.min(255, Math.max(0, value));

/** What an operation must do to a value, given the image; a result may differ by rounding: half a step. */
function assertPixels(image: Uint8Array, result: Uint8Array, expected: (i: number) => number): void {
  for (let i = 0; i < image.length; i++) {
    const wanted = clamp(expected(i));
    assert.ok(
      Math.abs(result[i]! - wanted) <= 0.5 + 1e-9,
      `byte ${i}: ${image[i]} became ${result[i]}, expected ${wanted}`,
    );
  }
}
/** 0.299 R + 0.587 G + 0.114 B to the nearest byte, as fractions of 65536. */
const luma = (image: Uint8Array, i: number): number => {
  const p = i - (i % 3);
  return Math.floor((19595 * image[p]! + 38470 * image[p + 1]! + 7471 * image[p + 2]! + 32768) / 65536);
};

test('invert, solarize, posterize by their definitions', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.integer({ min: 0, max: 256 }),
      fc.integer({ min: 0, max: 8 }),
      (seed, threshold, bits) => {
        const image = randomImage(seed);
        assert.deepEqual(
          changed(image, invert),
          image.map((v) => 255 - v),
        );
        assert.deepEqual(
          changed(image, (copy) => solarize(copy, threshold)),
          image.map((v) => (v >= threshold ? 255 - v : v)),
        );
        assert.deepEqual(
          changed(image, (copy) => posterize(copy, bits)),
          image.map((v) => v - (v % 2 ** (8 - bits))),
        );
      },
    ),
  );
});

test('brightness, colour, contrast: between black, own grey, mean grey (factor 0) and the image (factor 1), and beyond', () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: 0, max: 2, noNaN: true }), (seed, factor) => {
      const image = randomImage(seed);
      assertPixels(
        image,
        changed(image, (copy) => brightness(copy, factor)),
        (i) => factor * image[i]!,
      );
      assertPixels(
        image,
        changed(image, (copy) => colour(copy, SHAPE, factor)),
        (i) => luma(image, i) + factor * (image[i]! - luma(image, i)),
      );
      let sum = 0;
      for (let i = 0; i < image.length; i += 3) sum += luma(image, i);
      const mean = Math.floor(sum / (image.length / 3) + 0.5);
      assertPixels(
        image,
        changed(image, (copy) => contrast(copy, SHAPE, factor)),
        (i) => mean + factor * (image[i]! - mean),
      );
    }),
  );
});

test('factor 1 changes nothing; a grey picture has no colour to change', () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: 0, max: 2, noNaN: true }), (seed, factor) => {
      const image = randomImage(seed);
      assert.deepEqual(
        changed(image, (copy) => brightness(copy, 1)),
        image,
      );
      assert.deepEqual(
        changed(image, (copy) => colour(copy, SHAPE, 1)),
        image,
      );
      assert.deepEqual(
        changed(image, (copy) => contrast(copy, SHAPE, 1)),
        image,
      );
      assert.deepEqual(
        changed(image, (copy) => sharpness(copy, SHAPE, 1)),
        image,
      );
      const plain = Uint8Array.from(image, (_, i) => image[i - (i % 3)]!);
      assert.deepEqual(
        changed(plain, (copy) => colour(copy, SHAPE, factor)),
        plain,
      );
      const single = randomImage(seed, [5, 6, 1]);
      assert.deepEqual(
        changed(single, (copy) => colour(copy, [5, 6, 1], factor)),
        single,
      );
    }),
  );
});

test('sharpness: against the 3 x 3 smoothing written out; the border stays', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.constantFrom(1, 3),
      (seed, factor, channels) => {
        const [h, w] = [5, 6];
        const image = randomImage(seed, [h, w, channels]);
        const result = changed(image, (copy) => sharpness(copy, [h, w, channels], factor));
        const at = (y: number, x: number, c: number): number => image[(y * w + x) * channels + c]!;
        assertPixels(image, result, (i) => {
          const [y, x, c] = [Math.floor(i / (w * channels)), Math.floor(i / channels) % w, i % channels];
          if (y === 0 || x === 0 || y === h - 1 || x === w - 1) return at(y, x, c);
          let sum = 0;
          for (const dy of [-1, 0, 1])
            for (const dx of [-1, 0, 1]) sum += (dy === 0 && dx === 0 ? 5 : 1) * at(y + dy, x + dx, c);
          const smooth = Math.floor(sum / 13 + 0.5);
          return smooth + factor * (at(y, x, c) - smooth);
        });
      },
    ),
  );
});

test('autoContrast: each channel reaches from 0 to 255, in order; a flat channel stays', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const image = randomImage(seed);
      for (let i = 2; i < image.length; i += 3) image[i] = 99;
      const result = changed(image, (copy) => autoContrast(copy, SHAPE));
      const values = (of: Uint8Array, c: number): Uint8Array => of.filter((_, i) => i % 3 === c);
      assertPixels(image, result, (i) => {
        const channel = values(image, i % 3);
        const [low, high] = [Math.min(...channel), Math.max(...channel)];
        return high === low ? image[i]! : (255 * (image[i]! - low)) / (high - low);
      });
      assert.ok(values(result, 2).every((v) => v === 99));
    }),
  );
});

test('equalize: order is kept, an even histogram stays, a narrow one is spread; few pixels change nothing', () => {
  const ramp = Uint8Array.from({ length: 256 * 4 }, (_, i) => i % 256);
  assert.deepEqual(
    changed(ramp, (copy) => equalize(copy, [32, 32, 1])),
    ramp,
  );
  fc.assert(
    fc.property(seeds, fc.constantFrom(1, 3), (seed, channels) => {
      const random = Random.seeded(seed);
      const image = Uint8Array.from({ length: 1024 * channels }, () => 100 + random.integer(40));
      const result = changed(image, (copy) => equalize(copy, [32, 32, channels]));
      for (let c = 0; c < channels; c++) {
        const pairs = [...image.keys()]
          .filter((i) => i % channels === c)
          .map((i) => [image[i]!, result[i]!] as const);
        const map = new Map(pairs);
        const keys = [...map.keys()].sort((a, b) => a - b);
        assert.ok(
          pairs.every(([from, to]) => map.get(from) === to),
          'a function of the value',
        );
        const greatest = pairs.filter(([from]) => from === keys.at(-1)).length;
        const step = Math.floor((1024 - greatest) / 255);
        for (const key of keys) {
          const below = pairs.filter(([from]) => from < key).length;
          assert.equal(map.get(key), Math.min(255, Math.floor((Math.floor(step / 2) + below) / step)));
        }
        assert.ok(map.get(keys[0]!)! <= 1 && map.get(keys.at(-1)!)! >= 240, 'spread');
      }
      const few = randomImage(seed);
      assert.deepEqual(
        changed(few, (copy) => equalize(copy, SHAPE)),
        few,
      );
    }),
    { numRuns: 20 },
  );
});

test('level 0 changes nothing where there are levels', () => {
  const levelled: OperationName[] = [
    'shearX',
    'shearY',
    'translateX',
    'translateY',
    'rotate',
    'brightness',
    'colour',
    'contrast',
    'sharpness',
    'posterize',
  ];
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom(...levelled),
      fc.constantFrom(1 as const, -1 as const),
      (seed, name, sign) => {
        const image = randomImage(seed);
        assert.deepEqual(
          changed(image, (copy) => OPERATIONS[name](copy, SHAPE, 0, sign, [1, 2, 3])),
          image,
        );
      },
    ),
  );
});

test("level 9 is the end of the paper's range: 30 degrees, shear 0.3, 150/331 of the side, factors 0.1 and 1.9, 4 bits, solarize all", () => {
  const shape: MapShape = [32, 32, 1];
  const columns = Uint8Array.from({ length: 1024 }, (_, i) => 1 + (i % 32));
  const rows = Uint8Array.from({ length: 1024 }, (_, i) => 1 + Math.floor(i / 32));
  const run = (name: OperationName, sign: 1 | -1, image: Uint8Array): Uint8Array =>
    changed(image, (copy) => OPERATIONS[name](copy, shape, 9, sign, [0]));
  // 32 * 150 / 331 = 14.5: fourteen pixels
  assert.deepEqual([...run('translateX', 1, columns).slice(0, 16)], [...new Array(14).fill(0), 1, 2]);
  assert.deepEqual([...run('translateX', -1, columns).slice(0, 2)], [15, 16]);
  assert.equal(run('translateY', 1, rows)[14 * 32], 1);
  assert.equal(run('translateY', -1, rows)[0], 15);
  // the last row moves by 0.3 * 31.5 = 9.45: its first pixel shows column floor(0.5 + 9.45)
  assert.equal(run('shearX', 1, columns)[31 * 32], 1 + 9);
  assert.equal(run('shearX', -1, columns)[31 * 32 + 31], 1 + Math.floor(31.5 - 9.45));
  assert.equal(run('shearY', 1, rows)[31], 1 + 9);
  // the centre of the top row, 15.5 above the centre: sin 30 = 1/2 to one side, cos 30 down
  const y = 16 - Math.cos(Math.PI / 6) * 15.5;
  assert.equal(run('rotate', 1, rows)[15], 1 + Math.floor(y - 0.25));
  assert.deepEqual([...run('brightness', -1, Uint8Array.of(100)).slice(0, 1)], [10]);
  assert.deepEqual([...run('brightness', 1, Uint8Array.of(100)).slice(0, 1)], [190]);
  assert.deepEqual([...run('posterize', 1, Uint8Array.of(255)).slice(0, 1)], [240]);
  assert.deepEqual([...run('solarize', 1, Uint8Array.of(0, 255)).slice(0, 2)], [255, 0]);
});
