import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type IdxArray, parseIdx, readIdx } from '../../src/data/idx.ts';
import { InputError } from '../../src/errors.ts';
import { Random } from '../../src/random/random.ts';

const WIDTH: Readonly<Record<number, number>> = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 };

/** Any IDX file whose values are small dyadic numbers (whole ones for integer types), with the values. */
const idxFile = fc
  .record({
    type: fc.constantFrom(8, 9, 11, 12, 13, 14),
    shape: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
    seed: fc.integer(),
  })
  .map(({ type, shape, seed }) => {
    const random = Random.seeded(seed);
    const count = shape.reduce((a, b) => a * b, 1);
    const fraction = type >= 13 ? 4 : 1;
    const low = type === 8 ? 0 : -100;
    const values = Array.from({ length: count }, () => (low + random.integer(101)) / fraction);
    const header = 4 + 4 * shape.length;
    const bytes = new Uint8Array(header + count * WIDTH[type]!);
    const view = new DataView(bytes.buffer);
    bytes.set([0, 0, type, shape.length]);
    for (const [i, size] of shape.entries()) view.setUint32(4 + 4 * i, size);
    values.forEach((value, i) => {
      const at = header + i * WIDTH[type]!;
      if (type === 8) view.setUint8(at, value);
      else if (type === 9) view.setInt8(at, value);
      else if (type === 11) view.setInt16(at, value);
      else if (type === 12) view.setInt32(at, value);
      else if (type === 13) view.setFloat32(at, value);
      else view.setFloat64(at, value);
    });
    return { bytes, shape, values };
  });

const content = (data: IdxArray): number[] => Array.from(data);

test('any IDX file gives its shape and values back, gzipped or not', async () => {
  await fc.assert(
    fc.asyncProperty(idxFile, async ({ bytes, shape, values }) => {
      for (const file of [bytes, new Uint8Array(gzipSync(bytes))]) {
        const array = await readIdx(file, 'any');
        assert.deepEqual(array.shape, shape);
        assert.deepEqual(content(array.data), values);
      }
    }),
  );
});

test('an IDX file of any other length is refused by name', () => {
  fc.assert(
    fc.property(idxFile, fc.integer({ min: 1, max: 40 }), fc.boolean(), ({ bytes }, by, longer) => {
      const other = longer
        ? new Uint8Array(bytes.length + by)
        : bytes.slice(0, Math.max(0, bytes.length - by));
      if (longer) other.set(bytes);
      assert.throws(
        () => parseIdx(other, 'cut.idx'),
        (error) =>
          error instanceof InputError &&
          /^cut\.idx: .*found/.test(error.message) &&
          !error.message.includes('\n'),
      );
    }),
  );
});

test('a wrong magic number is refused', () => {
  for (const magic of [[], [1, 0, 8, 1], [0, 1, 8, 1], [0, 0, 7, 1], [0, 0, 10, 1], [0, 0, 8, 0]]) {
    const bytes = new Uint8Array([...magic, ...(magic.length > 0 ? [0, 0, 0, 1, 5] : [])]);
    assert.throws(() => parseIdx(bytes, 'bad.idx'), /^InputError: bad\.idx: an IDX/);
  }
});

test('dimensions whose product overflows 32 bits do not pass for a short file', () => {
  const bytes = new Uint8Array([0, 0, 8, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
  assert.throws(() => parseIdx(bytes, 'huge.idx'), /4294967295x4294967295/);
});

test('a gzip cut anywhere, or with one byte of its data changed, is refused', async () => {
  const plain = new Uint8Array([
    0,
    0,
    8,
    1,
    0,
    0,
    1,
    0,
    ...Array.from({ length: 256 }, (_, i) => (i * 37) & 255),
  ]);
  const whole = new Uint8Array(gzipSync(plain));
  for (let length = 2; length < whole.length; length += 7) {
    await assert.rejects(
      readIdx(whole.slice(0, length), 'cut.gz'),
      /^InputError: cut\.gz: gzip is truncated or damaged/,
    );
  }
  const damaged = whole.slice();
  damaged[whole.length - 6]! ^= 1; // in the checksum
  await assert.rejects(readIdx(damaged, 'bad.gz'), InputError);
});

test('a gzip is unpacked no further than its header asks, and its header may not ask for more than it can hold', async () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(50_000_000)));
  await assert.rejects(
    readIdx(bomb, 'bomb.gz'),
    /^InputError: bomb\.gz: an IDX file begins with .* found 00 00 00 00/,
  );
  const header = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 4);
  const long = new Uint8Array(gzipSync(Buffer.concat([header, Buffer.alloc(20_000_000)])));
  await assert.rejects(
    readIdx(long, 'long.gz'),
    /^InputError: long\.gz: 4 values of 1 byte take 12 bytes .* found more/,
  );
  const claims = new Uint8Array(gzipSync(Uint8Array.of(0, 0, 8, 2, 255, 255, 255, 255, 0, 0, 255, 255)));
  await assert.rejects(readIdx(claims, 'claims.gz'), /^InputError: claims\.gz: .* which cannot hold them/);
});

test('255 dimensions are refused at once', () => {
  const bytes = new Uint8Array(4 + 4 * 255 + 1).fill(0);
  bytes.set([0, 0, 8, 255]);
  for (let i = 0; i < 255; i++) bytes[4 + 4 * i + 3] = 1;
  assert.throws(
    () => parseIdx(bytes, 'deep'),
    /^InputError: deep: an IDX array has at most 16 dimensions here, found 255/,
  );
});
