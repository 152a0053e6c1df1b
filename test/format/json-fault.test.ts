import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonFault } from '../../src/format/json-fault.ts';
import { parseJson } from '../../src/format/parse-json.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('a text has a fault where JSON.parse refuses it, and none where it does not', () => {
  const part = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'null',
      'true',
      ' ',
      '\n',
      '\t',
      "'",
    ],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      assert.equal(jsonFault(text) === null, isJson(text), text);
    }),
    { numRuns: 5000 },
  );
  fc.assert(fc.property(fc.json(), (text) => assert.equal(jsonFault(text), null)));
});

test('a fault lies where the text was cut, or before', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, at) => {
      const text = JSON.stringify(value, null, 2);
      const cut = text.slice(0, at % text.length);
      const fault = jsonFault(cut);
      if (fault === null) return assert.ok(isJson(cut));
      const lines = cut.split('\n');
      assert.ok(fault.line >= 1 && fault.line <= lines.length);
      assert.ok(fault.column >= 1 && fault.column <= lines[fault.line - 1]!.length + 1);
    }),
  );
});

const SLIPS: readonly [string, string, RegExp][] = [
  ['a comma too many', '{\n  "a": 1,\n}', /line 3, column 1: .* found "}"; remove the comma before it/],
  [
    'a comma too many in a list',
    '[1,\r\n 2,\r\n]',
    /line 3, column 1: expected a value, found "]"; remove the comma/,
  ],
  ['a comma too few', '{"a": 1\n "b": 2}', /line 2, column 2: expected "," or "}", found a text$/],
  [
    'other quotes',
    "{'a': 1}",
    /column 2: expected a key in double quotes or "}", found "'"; quotes are double/,
  ],
  ['no quotes', '{a: 1}', /column 2: expected a key in double quotes or "}", found "a"$/],
  ['no colon', '{"a" 1}', /column 6: expected ":", found "1"$/],
  ['a comment', '{"a": 1 // one\n}', /column 9: .*JSON has no comments/],
  ['a path of Windows', '{"a": "C:\\data"}', /column 7: .*write every backslash twice/],
  ['a quote that is not closed', '{"a": "b\n}', /line 1, column 7: .*close the quote on the same line/],
  ["a word of Python's", '[True]', /column 2: .*true, false and null, in small letters/],
  ['no number', '[1, NaN]', /column 5: .*JSON has no such number/],
  ['a number without its 0', '[.5]', /column 2: .*found "\.5"; write the number as/],
  ['a file that is cut off', '{"a": [1,', /column 10: expected a value, found the end; it may be cut off/],
  ['two values', '{}\n{}', /line 2, column 1: expected the end, found "\{"/],
  ['a page', '<html>', /column 1: expected a value, found "<"$/],
];
for (const [what, text, message] of SLIPS)
  test(`${what}: the place, and what helps`, () => {
    assert.throws(
      () =>
        parseJson(text, (fact) => {
          throw new Error(`it ${fact}`);
        }),
      (error) =>
        error instanceof Error && message.test(error.message) && /it is not JSON: line/.test(error.message),
    );
  });

test('long texts and deep ones that are not whole are told of without a stack that overflows', {
  timeout: 60_000,
}, () => {
  assert.equal(jsonFault(`"${'a'.repeat(5_000_000)}`)?.column, 1);
  assert.equal(jsonFault(`${'['.repeat(1_000_000)}}`)?.column, 1_000_001);
});
