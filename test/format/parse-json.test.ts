import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type JsonLimits, parseJson, writeJson } from '../../src/format/parse-json.ts';

class Refused extends Error {}
const read = (source: string | Uint8Array, limits?: JsonLimits): unknown =>
  parseJson(
    source,
    (fact) => {
      throw new Refused(`it ${fact}`);
    },
    limits,
  );

test('any JSON without equal keys is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      assert.deepEqual(read(text), JSON.parse(text));
      assert.deepEqual(read(new TextEncoder().encode(text)), JSON.parse(text));
      assert.equal(writeJson(value), JSON.stringify(value));
    }),
  );
});

test('a key that occurs twice is found wherever it stands, however it is written, behind any number of blanks', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(100), (inner, blanks) => {
      const space = ' '.repeat(blanks);
      assert.throws(
        () => read(`{"x":[${inner}],"y":{"\\"":1},"\\u0078"${space}:0}`),
        /it has the key "x" twice/,
      );
      assert.throws(() => read(`[{"b":0,"b"${space}:0}]`), Refused);
      assert.deepEqual(read(`[{"x"${space}:1},{"x":["x","x"]}]`), [{ x: 1 }, { x: ['x', 'x'] }]);
    }),
  );
});

test('whatever the text, the answer is a value or a refusal', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    'd800',
    '1',
    '-',
    'e',
    'null',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      try {
        assert.deepEqual(read(parts.join('')), JSON.parse(parts.join('')));
      } catch (error) {
        assert.ok(error instanceof Refused, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

const REFUSED: readonly [string, string | Uint8Array, RegExp, JsonLimits?][] = [
  ['20,000 lists in each other', `${'['.repeat(20_000)}1${']'.repeat(20_000)}`, /nested deeper than 100/],
  ['20,000 objects in each other', '{"a":'.repeat(20_000), /nested deeper than 100/],
  ['one level more than allowed', '[[[1]]]', /nested deeper than 2/, { depth: 2 }],
  ['more values than allowed', '[1,2,{"a":null}]', /more than 4 values/, { values: 4 }],
  ['a size in exponents', '[1e0]', /the number "1e0", which is no size/, { sizes: true }],
  ['a size with a point', '[1.0]', /no size/, { sizes: true }],
  ['a size below 0', '[-0]', /no size/, { sizes: true }],
  ['half of a pair', '["\\ud800"]', /half of a surrogate pair/],
  ['the other half, as a key', '{"\\udc00":1}', /half of a surrogate pair/],
  ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), /not UTF-8/],
  ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x31), /not JSON/],
  ['no end', '{"a":', /not JSON/],
];
for (const [what, source, message, limits] of REFUSED) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => read(source, limits),
      (error) => error instanceof Refused && message.test(error.message),
    );
  });
}

test('a text of 20 MB and an object of 400,000 keys are read in time that grows with their length', {
  timeout: 120_000, // about half a second by one pass; hours by one for each key or character
}, () => {
  const long = JSON.stringify({ text: 'ab\\"'.repeat(5_000_000) });
  const keys = `{${Array.from({ length: 400_000 }, (_, i) => `"${i}":0`).join()}}`;
  assert.equal((read(long) as { text: string }).text.length, 20_000_000);
  assert.equal(Object.keys(read(keys) as object).length, 400_000);
});

test('what could not be read again is not written', () => {
  const deep = JSON.parse(`${'['.repeat(101)}${']'.repeat(101)}`) as unknown;
  assert.throws(() => writeJson(deep), /RangeError.*nested deeper than 100/);
  assert.throws(() => writeJson(['\ud800']), /half of a surrogate pair/);
});
