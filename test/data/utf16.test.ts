import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeCsv } from '../../src/data/csv.ts';
import { isUtf16 } from '../../src/data/utf16.ts';
import { parseJson } from '../../src/format/parse-json.ts';

const LINES = 'label,a,b\ncat,0,255\ndog,7,9\n';
const little = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]));
const big = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((letter) => [0, letter.charCodeAt(0)]));
const WRITTEN: readonly [string, (text: string) => Uint8Array][] = [
  ['little-endian with its mark', (text) => Uint8Array.of(0xff, 0xfe, ...little(text))],
  ['big-endian with its mark', (text) => Uint8Array.of(0xfe, 0xff, ...big(text))],
  ['little-endian without', little],
  ['big-endian without', big],
];

for (const [how, write] of WRITTEN)
  test(`UTF-16, ${how}, is named by whatever reads text`, () => {
    assert.ok(isUtf16(write(LINES)));
    assert.throws(
      () => decodeCsv(write(LINES), 'digits.csv'),
      /^InputError: digits\.csv: expected text in UTF-8, found text in UTF-16; save it as UTF-8/,
    );
    assert.throws(
      () =>
        parseJson(write('{"a": 1}'), (fact) => {
          throw new Error(`it ${fact}`);
        }),
      /it is not JSON in UTF-8 but text in UTF-16; save it as UTF-8/,
    );
  });

test('text without characters of code 0 is never taken for UTF-16, however short', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 6 }), (text) => {
      assert.equal(isUtf16(new TextEncoder().encode(text.replaceAll('\u0000', ''))), false);
    }),
  );
});
