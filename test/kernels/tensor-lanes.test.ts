/** @file Element-wise programs and reductions give the same bits on any number of threads, tasks drawn in any order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { Arena } from '../../src/memory/arena.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import type { Team } from '../../src/memory/team.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { shuffledTeam } from '../support/shuffled-team.ts';

/** Everything that a small computation writes, as bits. */
function outcome(heap: Heap, team: Team): Uint32Array[] {
  const tape = new Tape(createSimdKernels(heap, team), new Arena(heap));
  const x = tape.tensor([700, 300], true);
  for (let i = 0; i < x.size; i++) x.data[i] = Math.sin(i);
  const b = tape.tensor([300], true);
  for (let i = 0; i < b.size; i++) b.data[i] = Math.cos(i);
  const y = x.mul(b).tanh().add(b).sigmoid();
  const parts = [y.sum(0), y.sum(1), y.max(0), y.min([0, 1]), y.variance(1), y.mean()];
  parts.reduce((sum, part) => sum.add(part.square().sum()), tape.array(0)).backward();
  const all = [y, ...parts].map(({ data }) => data).concat([x.gradient!, b.gradient!]);
  const bits = all.map((data) => new Uint32Array(Float32Array.from(data).buffer));
  tape.close();
  return bits;
}

test('the same bits on 1, 2 and 5 lanes', () => {
  const heap = new Heap();
  const expected = outcome(heap, createTeam(heap, 1));
  for (const [lanes, seed] of [
    [2, 1],
    [5, 2],
    [5, 3],
  ] as const)
    assert.deepEqual(outcome(heap, shuffledTeam(heap, lanes, seed)), expected);
  const team = createTeam(heap, 2);
  for (let round = 0; round < 3; round++) assert.deepEqual(outcome(heap, team), expected);
  team.close();
});
