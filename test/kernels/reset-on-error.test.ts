import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import { random } from './support.ts';

test('a kernel that throws half way has given its scratch memory back: the heap does not grow, and it works again', () => {
  const heap = new Heap();
  const team = new LocalTeam(heap);
  const kernels = createSimdKernels(heap, team);
  const shape = { m: 400, n: 300, k: 500, transposeA: false, transposeB: false };
  const [a, b] = [random(heap, 400 * 500, 1), random(heap, 500 * 300, 2)];
  const c = random(heap, 400 * 300, 3);
  kernels.gemm(a, b, c, shape);
  const before = Float32Array.from(c);
  const { used } = heap;

  const run = team.run.bind(team);
  team.run = (program, entry, tasks, args) => {
    if (entry === 'gemm') throw new Error('a lane has died');
    run(program, entry, tasks, args);
  };
  for (let i = 0; i < 100; i++) {
    assert.throws(() => kernels.gemm(a, b, c, shape), /a lane has died/);
    assert.equal(heap.used, used);
  }
  team.run = run;
  kernels.gemm(a, b, c.fill(0), shape);
  assert.deepEqual(Float32Array.from(c), before);
});
