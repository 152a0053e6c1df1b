/** @file State dictionaries: out and in again without a change, all or nothing, and errors that name the tensor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heap } from '../../src/memory/heap.ts';
import { loadStateDict, stateDict } from '../../src/tensor/state-dict.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const heap = new Heap();
const filled = (shape: readonly number[], value: number): Tensor => {
  const tensor = Tensor.onHeap(heap, shape);
  tensor.data.fill(value);
  return tensor;
};

test('out and in again', () => {
  const source = { w: filled([2, 3], 1.5), b: filled([3], -2) };
  const state = stateDict(source);
  source.w.data.fill(9);
  const target = new Map([['w', filled([2, 3], 0)], ['b', filled([3], 0)]]); // biome-ignore format: two tensors
  loadStateDict(target, state);
  assert.deepEqual(stateDict(target), state);
  assert.deepEqual(state.w, { shape: [2, 3], values: new Float32Array(6).fill(1.5) });
});

test('what does not fit is named, and nothing is written', () => {
  const target = { w: filled([2], 7), b: filled([1], 7) };
  const values = Float32Array.of(1, 2);
  const w = { shape: [2], values };
  assert.throws(() => loadStateDict(target, { w }), /expected b of shape \[1\], found none/);
  assert.throws(() => loadStateDict(target, { w, b: w }), /expected b of shape \[1\], found \[2\]/);
  assert.throws(() => loadStateDict({ w: target.w }, { w, c: w }), /expected the tensors w, found c/);
  assert.deepEqual([...target.w.data], [7, 7]);
});
