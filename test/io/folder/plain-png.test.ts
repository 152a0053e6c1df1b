import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode, encode } from 'fast-png';
import { decodePlainPng } from '../../../src/io/folder/plain-png.ts';
import { Random } from '../../../src/random/random.ts';
import { png } from '../../support/build-png.ts';

const TYPES = [
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
] as const;
const size = fc.integer({ min: 1, max: 12 });

test('every colour type and every filter: the pixels that fast-png finds', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TYPES),
      size,
      size,
      fc.integer(),
      ([type, channels], width, height, seed) => {
        const random = Random.seeded(seed);
        const row = () => [
          random.integer(5),
          ...Array.from({ length: width * channels }, () => random.integer(256)),
        ];
        const raw = Uint8Array.from(Array.from({ length: height }, row).flat());
        const bytes = png([width, height, 8, type], new Uint8Array(deflateSync(raw)));
        const [found, expected] = [decodePlainPng(bytes)!, decode(bytes, { checkCrc: true })];
        assert.deepEqual([found.width, found.height, found.channels], [width, height, channels]);
        assert.deepEqual([...found.data], [...expected.data]);
      },
    ),
  );
});

test('other kinds are left to fast-png; what is damaged is an error', () => {
  const data = Uint8Array.from({ length: 48 }, (_, i) => 5 * i);
  const picture = { width: 4, height: 4, channels: 3, data, depth: 8 as const };
  assert.equal(decodePlainPng(encode(picture, { interlace: 'Adam7' })), null);
  assert.equal(decodePlainPng(encode({ ...picture, data: Uint16Array.from(data), depth: 16 })), null);
  const packed = (raw: Uint8Array): Uint8Array => new Uint8Array(deflateSync(raw));
  const key = png([1, 1, 8, 0], packed(Uint8Array.of(0, 7)), [['tRNS', Uint8Array.of(0, 7)]]);
  assert.equal(decodePlainPng(key), null);
  assert.throws(() => decodePlainPng(png([2, 2, 8, 0], packed(new Uint8Array(5)))), /5 of 6 bytes of pixels/);
  assert.throws(() => decodePlainPng(png([2, 2, 8, 0], packed(new Uint8Array(7)))));
  assert.throws(() => decodePlainPng(png([1, 1, 8, 0], packed(Uint8Array.of(5, 0)))), /filter 5 is unknown/);
  const changed = encode(picture);
  changed[50]! ^= 1;
  assert.throws(() => decodePlainPng(changed), /checksum/);
});
