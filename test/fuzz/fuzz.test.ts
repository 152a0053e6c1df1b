/** @file The short run: some hundred inputs for every reader, and every input that once found a fault. `npm run fuzz` is the long one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CASES } from './cases.ts';
import { judge } from './target.ts';
import { TARGETS } from './targets.ts';

/** Inputs of a target of weight 1. */
const INPUTS = 200;
/** Seconds of the processor; many times what any input takes: a test tells a hang, the long run tells what is slow. */
const HANGS = 60;

for (const one of TARGETS) {
  test(`fuzz ${one.name}: ${one.says}`, async () => {
    // the first one is not judged: it loads what the reader needs
    const [first] = fc.sample(one.inputs, { seed: 1, numRuns: 1 }) as unknown[];
    await (async () => one.read(first))().catch(() => undefined);
    await fc.assert(
      fc.asyncProperty(one.inputs, async (input) => {
        await judge(one, input, HANGS);
      }),
      { numRuns: Math.ceil(INPUTS * Math.min(1, one.weight ?? 1)), endOnFailure: true },
    );
  });
}

for (const { target, what, input, outcome } of CASES) {
  test(`${target}: ${what}: ${outcome}`, async () => {
    const one = TARGETS.find(({ name }) => name === target)!;
    assert.equal(await judge(one, input, HANGS), outcome);
  });
}
