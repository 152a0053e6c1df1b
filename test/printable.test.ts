import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { printable, printablePart } from '../src/printable.ts';
import { textTable } from '../src/report/table.ts';

const COMMANDING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

test('nothing that is printed commands a terminal, and nothing else changes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      assert.ok(!COMMANDING.test(printable(text).replaceAll(/[\n\t]/g, '')));
      assert.ok(!COMMANDING.test(printablePart(text)));
      if (!COMMANDING.test(text)) assert.equal(printable(text), text);
      // in JSON it is another spelling of the same
      assert.deepEqual(JSON.parse(printable(JSON.stringify([text], null, 1))), [text]);
    }),
  );
  assert.equal(printable('\u001b]0;owned\u0007 a\n\tb'), '\\u001b]0;owned\\u0007 a\n\tb');
  assert.equal(printable('a\u009b2Jb\u202eb'), 'a\\u009b2Jb\\u202eb');
});

test('no cell of a table begins a line', () => {
  const columns = [{ title: 'layer', align: 'left' }] as const;
  assert.equal(textTable(columns, [['conv1\nevery law holds']]).split('\n').length, 3);
});
