import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeable } from '../../src/memory/closeable.ts';
import { createResources, opened } from '../../src/memory/resources.ts';

test('closing, by whichever name and however often, releases once', () => {
  let released = 0;
  const thing = closeable(() => released++);
  thing.close();
  thing[Symbol.dispose]();
  thing.close();
  assert.equal(released, 1);
});

test('resources close in reverse, the rest also after an error, and the first error is told', () => {
  const ended: string[] = [];
  const resources = createResources();
  const thing = { close: () => ended.push('thing') };
  assert.equal(resources.use(thing), thing);
  resources.defer(() => {
    throw new Error('earlier');
  });
  resources.defer(() => {
    throw new Error('later');
  });
  resources.defer(() => ended.push('last'));
  assert.throws(() => resources.close(), /^Error: later/);
  assert.deepEqual(ended, ['last', 'thing']);
  resources.close();
  assert.deepEqual(ended, ['last', 'thing']);
});

test('what cannot be opened is closed as far as it was', () => {
  const ended: string[] = [];
  const open = (fails: boolean) =>
    opened((resources) => {
      resources.defer(() => ended.push('first'));
      if (fails) throw new Error('no room');
      return { answer: 42 };
    });
  assert.throws(() => open(true), /no room/);
  assert.deepEqual(ended, ['first']);
  const whole = open(false);
  assert.equal(whole.answer, 42);
  assert.deepEqual(ended, ['first']);
  whole[Symbol.dispose]();
  whole.close();
  assert.deepEqual(ended, ['first', 'first']);
});
