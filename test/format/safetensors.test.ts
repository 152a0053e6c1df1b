import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { DTYPES, type Dtype, decodeValues } from '../../src/format/dtypes.ts';
import { fromFloat16 } from '../../src/format/float16.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../src/format/safetensors.ts';
import { Random } from '../../src/random/random.ts';

const writable = (Object.keys(DTYPES) as Dtype[]).filter((dtype) => dtype !== 'BF16');

/** Random bits in every dtype; NaNs of floats are replaced, their payload is not promised. */
const tensor = fc
  .record({
    dtype: fc.constantFrom(...writable),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
    seed: fc.integer(),
  })
  .map(({ dtype, shape, seed }): StoredTensor => {
    const random = Random.seeded(seed);
    const count = shape.reduce((a, b) => a * b, 1);
    const data = decodeValues(
      Uint8Array.from({ length: count * DTYPES[dtype] }, () => random.integer(256)),
      dtype,
    );
    if (data instanceof Float32Array || data instanceof Float64Array) {
      for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) data[i] = 1;
    }
    return { dtype, shape, data };
  });
const file = fc.record({
  tensors: fc.uniqueArray(
    fc.tuple(
      fc.string().filter((name) => name !== '__metadata__'),
      tensor,
    ),
    {
      selector: ([name]) => name,
      maxLength: 6,
    },
  ),
  metadata: fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 }),
});

test('what is written is read back bit for bit, from any buffer, tensors aligned', () => {
  fc.assert(
    fc.property(file, fc.nat(9), ({ tensors, metadata }, offset) => {
      const bytes = encodeSafetensors({ tensors: new Map(tensors), metadata });
      const shifted = new Uint8Array(bytes.length + offset).subarray(offset);
      shifted.set(bytes);
      for (const source of [bytes, shifted, Buffer.from(bytes)]) {
        const read = decodeSafetensors(source, 'any');
        assert.deepEqual({ ...read.metadata }, { ...metadata });
        assert.equal(read.tensors.size, tensors.length);
        for (const [name, { dtype, shape, data }] of tensors) {
          const found = read.tensors.get(name)!;
          assert.equal(found.dtype, dtype);
          assert.deepEqual(found.shape, shape);
          assert.equal(found.data.constructor, data.constructor);
          assert.deepEqual(
            new Uint8Array(found.data.buffer, found.data.byteOffset, found.data.byteLength),
            new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
          );
        }
      }
      const length = new DataView(bytes.buffer).getUint32(0, true);
      assert.equal(length % 8, 0);
      const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
      for (const [name, { dtype }] of tensors) assert.equal(header[name].data_offsets[0] % DTYPES[dtype], 0);
    }),
  );
});

test('names that mean something to JavaScript are names like others', () => {
  const names = ['__proto__', 'constructor', 'toString', '0'];
  const tensors = new Map(
    names.map((name, i) => [name, { dtype: 'U8', shape: [1], data: Uint8Array.of(i) } as const]),
  );
  const read = decodeSafetensors(encodeSafetensors({ tensors, metadata: {} }), 'odd');
  assert.deepEqual([...read.tensors].sort(), [...tensors].sort());
});

test('F16 rounds to the nearest half; BF16 is the upper half of a float', () => {
  const data = Float32Array.of(1 / 3, 65504, -1e-8);
  const bytes = encodeSafetensors({
    tensors: new Map([['w', { dtype: 'F16', shape: [3], data }]]),
    metadata: {},
  });
  const read = decodeSafetensors(bytes, 'half').tensors.get('w')!;
  assert.deepEqual([...(read.data as Float32Array)], [fromFloat16(0x3555), 65504, -0]);
  const brain = decodeSafetensors(
    craft('{"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}', [0x80, 0x3f, 0x49, 0xc0]),
    'b',
  );
  assert.deepEqual([...(brain.tensors.get('w')!.data as Float32Array)], [1, -3.140625]);
});

function craft(
  header: string | Uint8Array,
  data: readonly number[] = [],
  length?: bigint,
): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const t = (offsets: string, shape = '[2]', dtype = 'U8'): string =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;
const REFUSED: readonly [string, Uint8Array<ArrayBuffer>, RegExp][] = [
  ['nothing', new Uint8Array(0), /found 0/],
  ['a header longer than the file', craft('{}', [], 3n), /header of 3 bytes is too long/],
  ['a header longer than the format allows', craft('{}', [], 2n ** 63n), /begins with no length of a header/],
  ['a header that is not JSON', craft('{"a":'), /not JSON/],
  ['a header that is not UTF-8', craft(new Uint8Array([0x22, 0xff, 0x22])), /not UTF-8/],
  ['a header that is a list', craft('[]'), /not a JSON object/],
  ['two tensors of one name', craft(`{"a":${t('[0,2]')},"a":${t('[0,2]')}}`, [1, 2]), /the key "a" twice/],
  [
    'two tensors of one name, written differently',
    craft(`{"a":${t('[0,2]')},"\\u0061":${t('[0,2]')}}`, [1, 2]),
    /the key "a" twice/,
  ],
  [
    'overlapping tensors',
    craft(`{"a":${t('[0,2]')},"b":${t('[1,3]')}}`, [1, 2, 3]),
    /b: begins at byte 1, inside another/,
  ],
  [
    'one tensor twice over the same bytes',
    craft(`{"a":${t('[0,2]')},"b":${t('[0,2]')}}`, [1, 2]),
    /overlapping/,
  ],
  ['offsets past the end', craft(`{"a":${t('[0,2]')}}`, [1]), /a: ends at byte 2 of 1/],
  ['offsets in reverse', craft(`{"a":${t('[2,0]')}}`, [1, 2]), /not \[begin, end\]/],
  ['negative offsets', craft(`{"a":${t('[-2,0]')}}`, [1, 2]), /the number "-2", which is no size/],
  ['a hole in front', craft(`{"a":${t('[1,3]')}}`, [1, 2, 3]), /bytes 0 to 1 belong to no tensor/],
  ['a hole between', craft(`{"a":${t('[0,2]')},"b":${t('[3,5]')}}`, [1, 2, 3, 4, 5]), /bytes 2 to 3/],
  ['bytes after the last tensor', craft(`{"a":${t('[0,2]')}}`, [1, 2, 3]), /bytes 2 to 3/],
  [
    'a size that is not the shape times the dtype',
    craft(`{"a":${t('[0,2]', '[2]', 'F32')}}`, [1, 2]),
    /F32 of shape \[2\] takes 8 bytes, found 2/,
  ],
  ['an unknown dtype', craft(`{"a":${t('[0,2]', '[2]', 'C64')}}`, [1, 2]), /dtype "C64" is none of/],
  ['a negative shape', craft(`{"a":${t('[0,2]', '[-1,-2]')}}`, [1, 2]), /the number "-1", which is no size/],
  [
    'a fractional shape',
    craft(`{"a":${t('[0,2]', '[0.5,4]')}}`, [1, 2]),
    /the number "0.5", which is no size/,
  ],
  ['a tensor that is null', craft('{"a":null}'), /tensor a is not an object/],
  [
    'a dtype that is an object',
    craft('{"a":{"dtype":{"toString":1},"shape":[0],"data_offsets":[0,0]}}'),
    /dtype an object is none of F64, /,
  ],
  ...['dtype', 'shape', 'data_offsets'].map((field): [string, Uint8Array<ArrayBuffer>, RegExp] => [
    `${field} 20,000 deep`,
    craft(`{"a":{"${field}":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`),
    /nested deeper than 3/,
  ]),
  [
    'a field that the format does not have',
    craft(`{"a":{"scale":0,${t('[0,0]', '[0]').slice(1)}}`),
    /unknown field "scale"/,
  ],
  [
    'a size in exponents',
    craft(`{"a":${t('[0,2]', '[2e0]')}}`, [1, 2]),
    /the number "2e0", which is no size/,
  ],
  ['a byte order mark', craft(`\ufeff{"a":${t('[0,2]')}}`, [1, 2]), /not JSON/],
  ['a blank in front', craft(' {}'), /not a JSON object/],
  ['half of a surrogate pair in a name', craft(`{"\\ud800":${t('[0,2]')}}`, [1, 2]), /surrogate/],
  [
    'a name twice, behind 17 blanks',
    craft(`{"a"${' '.repeat(17)}:${t('[0,2]')},"a":${t('[0,2]')}}`, [1, 2]),
    /the key "a" twice/,
  ],
  ['33 dimensions', craft(`{"a":${t('[0,1]', JSON.stringify(Array(33).fill(1)))}}`, [1]), /33 dimensions/],
  [
    'more values than numbers can count',
    craft(`{"a":${t('[0,0]', '[9007199254740991,9007199254740991,0]')}}`),
    /takes NaN bytes/,
  ],
  ['metadata that is no text', craft('{"__metadata__":{"a":1}}'), /metadata a is not a text/],
];

for (const [what, bytes, message] of REFUSED) {
  test(`refused in one line that names the file: ${what}`, () => {
    assert.throws(
      () => decodeSafetensors(bytes, 'w.safetensors'),
      (error) =>
        error instanceof InputError &&
        error.message.startsWith('w.safetensors: ') &&
        message.test(error.message) &&
        !error.message.includes('\n'),
    );
  });
}

test('cut or flipped anywhere, a file is refused or read, never a crash', () => {
  const whole = encodeSafetensors({
    tensors: new Map([
      ['layer.weight', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
    ]),
    metadata: { format: 'x' },
  });
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => decodeSafetensors(whole.slice(0, length), 'cut'), InputError);
  }
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const bytes = whole.slice();
      bytes[at]! ^= flip;
      try {
        decodeSafetensors(bytes, 'flipped');
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

test('data that do not fit their shape or dtype are not written', () => {
  const write = (stored: StoredTensor) =>
    encodeSafetensors({ tensors: new Map([['a', stored]]), metadata: {} });
  assert.throws(() => write({ dtype: 'F32', shape: [3], data: new Float32Array(2) }), RangeError);
  assert.throws(() => write({ dtype: 'F32', shape: [2], data: new Uint8Array(2) }), RangeError);
});

/** Peak of array buffers and heap above what there was; the collector may run late, so this is a ceiling, not a measure. */
function memoryOf(task: () => void): number {
  const before = process.memoryUsage();
  task();
  const after = process.memoryUsage();
  return after.arrayBuffers - before.arrayBuffers + (after.heapUsed - before.heapUsed);
}

test('tensors over the same bytes are refused before any is copied', () => {
  const size = 2 ** 20;
  const header = Array.from({ length: 2000 }, (_, i) => `"t${i}":${t(`[0,${size}]`, `[${size}]`)}`);
  const bytes = craft(`{${header.join()}}`, new Uint8Array(size) as unknown as number[]);
  assert.ok(
    memoryOf(() => assert.throws(() => decodeSafetensors(bytes, 'w'), /overlapping/)) < 100 * size,
    'not 2000 copies',
  );
});

test('a header of nothing but lists or objects is refused after a small part of it', {
  timeout: 120_000, // a second by one pass; hours by one for each value
}, () => {
  for (const [open, part, close] of [
    ['{"a":[', '[]', ']}'],
    ['{"a":[', '1', ']}'],
    ['{"a":[', '{}', ']}'],
  ] as const) {
    const text = open + `${part},`.repeat(20_000_000 / (part.length + 1)) + part + close;
    const bytes = craft(text);
    assert.throws(() => decodeSafetensors(bytes, 'w'), InputError);
  }
  const many = Array.from({ length: 100_001 }, (_, i) => `"${i}":{}`);
  assert.throws(
    () => decodeSafetensors(craft(`{${many.join()}}`), 'w'),
    /100001 tensors are more than 100000/,
  );
});
