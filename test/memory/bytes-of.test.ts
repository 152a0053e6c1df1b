/** @file A thread reads what another has put into memory that it has just made larger, though its own buffer is still the old one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf } from '../../src/memory/bytes-of.ts';

test('a buffer that lags behind is brought up to date before it is read', () => {
  const whole = Uint8Array.from({ length: 64 }, (_, i) => i);
  let grown = 0;
  const lagging = {
    get buffer(): ArrayBuffer {
      return grown > 0 ? whole.buffer : whole.buffer.slice(0, 32);
    },
    grow(pages: number): number {
      assert.equal(pages, 0);
      return grown++;
    },
  };
  assert.deepEqual([...bytesOf(lagging, 8, 2)], [8, 9]);
  assert.equal(grown, 0);
  assert.deepEqual([...bytesOf(lagging, 40, 3)], [40, 41, 42]);
  assert.equal(grown, 1);
});

test('growing a shared memory by nothing leaves it as it is', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  new Uint8Array(memory.buffer)[65535] = 7;
  assert.equal(memory.grow(0), 1);
  assert.deepEqual([...bytesOf(memory, 65535, 1)], [7]);
});
