import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, nearNames, suggestion } from '../src/near.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 8 });

test('the edit distance is a symmetric count that only equal words have at 0', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      assert.equal(distance, editDistance(b, a));
      assert.equal(distance === 0, a === b);
      assert.ok(distance >= Math.abs(a.length - b.length));
      assert.ok(distance <= Math.max(a.length, b.length));
    }),
  );
});

test('one slip of any kind costs 1', () => {
  fc.assert(
    fc.property(word, fc.nat(), fc.constantFrom('x', 'y'), (base, at, letter) => {
      const i = at % (base.length + 1);
      assert.equal(editDistance(base, base.slice(0, i) + letter + base.slice(i)), 1);
    }),
  );
  assert.equal(editDistance('train', 'trian'), 1);
  assert.equal(editDistance('simulate', 'simulaet'), 1);
});

test('near names come nearest first, and far ones not at all', () => {
  const names = ['simulate', 'train', 'convert', 'verify'];
  assert.deepEqual(nearNames('tran', names), ['train']);
  assert.deepEqual(nearNames('Verfy', names), ['verify']);
  assert.deepEqual(nearNames('sim', names), ['simulate']);
  assert.deepEqual(nearNames('zzz', names), []);
  assert.equal(suggestion('zzz', ['a', 'b'], '--'), 'expected one of --a, --b');
});
