/** @file The heap of tensors holds the same at every step of a training and after every simulation: the short run of `npm run memory`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRuntime, type Runtime } from '../../src/runtime.ts';
import { growth, type Sample, simulateFor, trainFor } from './flat.ts';

const look = (runtime: Runtime, done: number): Sample => ({ done, resident: 0, used: runtime.heap.used });

for (const [name, work] of [
  ['steps of a training', trainFor],
  ['simulated images', simulateFor],
] as const)
  test(`400 ${name}: the heap holds as much at the end as near the beginning`, () => {
    const runtime = createRuntime();
    try {
      const samples = work(runtime, 400, look).slice(10);
      assert.ok(samples.length >= 10);
      const held = new Set(samples.map(({ used }) => used));
      // a step that ends an epoch has just tested
      assert.ok(held.size <= 2, [...held].join());
      assert.equal(Math.max(...samples.slice(-10).map(({ used }) => used)), Math.max(...held));
      assert.equal(Math.max(...samples.slice(0, 10).map(({ used }) => used)), Math.max(...held));
    } finally {
      runtime.close();
    }
  });

test('growth is found where there is some, and only there', () => {
  const line = (slope: number): Sample[] =>
    Array.from({ length: 100 }, (_, i) => ({
      done: i,
      used: 0,
      resident: 1e8 + (i < 20 ? -5e7 : slope * i),
    }));
  assert.equal(growth(line(0)).percent, 0);
  assert.ok(growth(line(1e5)).percent > 4);
});
