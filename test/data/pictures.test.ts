import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import * as fastPng from 'fast-png';
import jpegJs from 'jpeg-js';
import { decodePicture } from '../../src/data/pictures/decode-picture.ts';
import { withChannels, withSize } from '../../src/data/pictures/fit-picture.ts';
import type { Picture, PictureDecoders } from '../../src/data/pictures/picture.ts';
import { Random } from '../../src/random/random.ts';
import { png } from '../support/build-png.ts';

const DECODERS = { png: fastPng.decode, jpeg: jpegJs.decode } as unknown as PictureDecoders;
const read = (bytes: Uint8Array, name = 'a.png'): Picture => decodePicture(bytes, name, DECODERS);

const picture = fc
  .record({
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1 as const, 3 as const),
    seed: fc.integer(),
  })
  .map(({ height, width, channels, seed }): Picture => {
    const random = Random.seeded(seed);
    return {
      height,
      width,
      channels,
      data: Uint8Array.from({ length: height * width * channels }, () => random.integer(256)),
    };
  });
const side = fc.integer({ min: 1, max: 20 });

const encode = ({ height, width, channels, data }: Picture, interlace: 'null' | 'Adam7'): Uint8Array =>
  fastPng.encode({ height, width, channels, data: Uint8Array.from(data), depth: 8 }, { interlace });

test('a PNG gives back what was written, interlaced or not', () => {
  fc.assert(
    fc.property(picture, fc.constantFrom('null' as const, 'Adam7' as const), (one, interlace) => {
      const found = read(encode(one, interlace));
      assert.deepEqual({ ...found, data: [...found.data] }, { ...one, data: [...one.data] });
    }),
  );
});

test('16 bits are rounded to 8, transparent pixels lie on black', () => {
  const deep = fastPng.encode({
    height: 1,
    width: 3,
    channels: 1,
    depth: 16,
    data: Uint16Array.of(0, 32_896, 65_535),
  });
  assert.deepEqual([...read(deep).data], [0, 128, 255]);
  const grey = fastPng.encode({
    height: 1,
    width: 2,
    channels: 2,
    depth: 8,
    data: Uint8Array.of(200, 255, 200, 51),
  });
  assert.deepEqual([read(grey).channels, ...read(grey).data], [1, 200, 40]);
  const colour = fastPng.encode({
    height: 1,
    width: 1,
    channels: 4,
    depth: 8,
    data: Uint8Array.of(255, 100, 50, 0),
  });
  assert.deepEqual([read(colour).channels, ...read(colour).data], [3, 0, 0, 0]);
});

test('few bits and palettes: every row begins with a byte, a grey palette is grey', async () => {
  // 3 pixels of 2 bits in a row: 0, 1, 3 and 2, 2, 0
  const rows = new Uint8Array(deflateSync(Uint8Array.of(0, 0b00011100, 0, 0b10100000)));
  const grey = read(png([3, 2, 2, 0], rows));
  assert.deepEqual([grey.channels, ...grey.data], [1, 0, 85, 255, 170, 170, 0]);
  const colours = Uint8Array.of(1, 2, 3, 10, 20, 30, 100, 200, 50, 7, 7, 7);
  const coloured = read(png([3, 2, 2, 3], rows, [['PLTE', colours]]));
  assert.deepEqual([coloured.channels, ...coloured.data.subarray(0, 9)], [3, 1, 2, 3, 10, 20, 30, 7, 7, 7]);
  const greys = Uint8Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
  assert.deepEqual([...read(png([3, 2, 2, 3], rows, [['PLTE', greys]])).data], [1, 2, 4, 3, 3, 1]);
});

test('a chunk that nobody asked for is not unpacked, whatever it claims', async () => {
  const bomb = Uint8Array.from([
    ...new TextEncoder().encode('icc\0'),
    0,
    ...deflateSync(new Uint8Array(5_000_000)),
  ]);
  const found = read(png([1, 1, 8, 0], new Uint8Array(deflateSync(Uint8Array.of(0, 9))), [['iCCP', bomb]]));
  assert.deepEqual([...found.data], [9]);
});

test('a header that claims too much, or pixels that unpack to too much or too little, are refused', async () => {
  const few = new Uint8Array(deflateSync(new Uint8Array(10)));
  assert.throws(
    () => read(png([65_535, 65_535, 8, 6], few)),
    /^InputError: a\.png: expected a PNG of at most/,
  );
  assert.throws(() => read(png([4000, 4000, 8, 6], few)), /^InputError: a\.png: PNG is damaged/);
  const much = new Uint8Array(deflateSync(new Uint8Array(20_000_000)));
  assert.throws(() => read(png([2, 2, 8, 0], much)), /^InputError: a\.png: PNG is damaged/);
  assert.throws(
    () => read(png([4, 4, 8, 0], new Uint8Array(deflateSync(new Uint8Array(10))))),
    /^InputError: a\.png/,
  );
});

test('a JPEG is near what was written; grey stays grey', () => {
  const data = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i >> 6) * 8));
  const bytes = new Uint8Array(jpegJs.encode({ width: 16, height: 16, data }, 95).data);
  const found = decodePicture(bytes, 'a.jpg', DECODERS);
  assert.deepEqual([found.height, found.width, found.channels], [16, 16, 3]);
  for (let i = 0; i < 256; i++) assert.ok(Math.abs(found.data[3 * i]! - data[4 * i]!) < 16);
  assert.throws(
    () => decodePicture(bytes.subarray(0, bytes.length - 10), 'cut.jpg', DECODERS),
    /^InputError: cut\.jpg: JPEG is damaged \(cut short: no end marker\)/,
  );
});

test('what is no picture, or has no decoder, is refused with the remedy', () => {
  const one = encode({ height: 1, width: 1, channels: 1, data: Uint8Array.of(1) }, 'null');
  assert.throws(() => decodePicture(one, 'a.png', {}), /^InputError: a\.png: PNG files .* npm i fast-png$/);
  assert.throws(
    () => read(new Uint8Array(0), 'x'),
    /^InputError: x: expected a PNG or JPEG picture, found an empty file/,
  );
  assert.throws(
    () => read(Uint8Array.of(0x47, 0x49, 0x46, 0x38), 'x.gif'),
    /found a file that begins with 47 49 46 38/,
  );
});

const bytesOf = ({ data }: Picture): number[] => [...data];

test('resampling: a constant picture stays constant, its own size gives it back', () => {
  fc.assert(
    fc.property(picture, side, side, fc.nat(255), (one, height, width, value) => {
      assert.equal(withSize(one, one.height, one.width), one);
      const constant = withSize({ ...one, data: new Uint8Array(one.data.length).fill(value) }, height, width);
      assert.deepEqual(bytesOf(constant), Array(height * width * one.channels).fill(value));
      const [low, high] = [Math.min(...one.data), Math.max(...one.data)];
      for (const found of withSize(one, height, width).data) assert.ok(found >= low && found <= high);
    }),
  );
});

test('shrinking by whole factors takes the mean of blocks; all old pixels count alike', () => {
  fc.assert(
    fc.property(
      picture,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      (small, down, across) => {
        const [height, width] = [small.height * down, small.width * across];
        const random = Random.seeded(height * width);
        const data = Uint8Array.from({ length: height * width * small.channels }, () => random.integer(256));
        const found = withSize({ height, width, channels: small.channels, data }, small.height, small.width);
        for (let y = 0; y < small.height; y++)
          for (let x = 0; x < small.width; x++)
            for (let c = 0; c < small.channels; c++) {
              let sum = 0;
              for (let dy = 0; dy < down; dy++)
                for (let dx = 0; dx < across; dx++)
                  sum += data[((y * down + dy) * width + x * across + dx) * small.channels + c]!;
              const mean = sum / (down * across);
              const at = (y * small.width + x) * small.channels + c;
              assert.ok(Math.abs(found.data[at]! - mean) <= 0.5 + 1e-9, `${found.data[at]} for ${mean}`);
            }
      },
    ),
  );
});

test('growing is linear between the centres of pixels', () => {
  const ramp: Picture = { height: 1, width: 2, channels: 1, data: Uint8Array.of(0, 200) };
  assert.deepEqual(bytesOf(withSize(ramp, 1, 4)), [0, 50, 150, 200]);
  assert.deepEqual(bytesOf(withSize(ramp, 3, 2)), [0, 200, 0, 200, 0, 200]);
});

test('grey to colour and back is the same; colour to grey weighs red, green and blue', () => {
  fc.assert(
    fc.property(picture, (one) => {
      const grey = withChannels(one, 1);
      assert.deepEqual(bytesOf(withChannels(withChannels(grey, 3), 1)), bytesOf(grey));
      if (one.channels === 1) return;
      grey.data.forEach((value, i) => {
        const [r, g, b] = one.data.subarray(3 * i);
        assert.ok(Math.abs(value - (0.299 * r! + 0.587 * g! + 0.114 * b!)) < 0.51);
      });
    }),
  );
});
