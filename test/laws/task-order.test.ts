/**
 * @file A result does not depend on the number of lanes. A team may have any number of lanes and its tasks run in any order, but
 * each output belongs to one task, so spikes, potentials, counts and logits are the same bits. This is tried on one thread,
 * with teams that claim several lanes and shuffle their tasks: that reaches every way of dividing the work without waiting for threads.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Heap } from '../../src/memory/heap.ts';
import { law } from '../support/law.ts';
import { networkCases } from '../support/network-cases.ts';
import { runEngine } from '../support/run-engine.ts';
import { shuffledTeam } from '../support/shuffled-team.ts';

law(
  'lanes',
  'any number of lanes, any order of tasks: the same bits',
  fc.tuple(
    networkCases({ neurons: ['full', 'half', 'unipolar'], maxChannels: 70, maxSteps: 4 }),
    fc.integer({ min: 1, max: 9 }),
    fc.nat(),
    fc.constantFrom('layered' as const, 'streaming' as const),
  ),
  ([one, lanes, seed, schedule]) => {
    const heap = new Heap({ initialBytes: 2 ** 20 });
    const runtime = { heap, team: shuffledTeam(heap, lanes, seed) };
    // Three images, so that tasks differ in image as well.
    const image = Float32Array.from({ length: 3 * one.image.length }, (_, i) => {
      const at = i % one.image.length;
      return one.image[at]! * (1 - Math.floor(i / one.image.length));
    });
    const expected = runEngine({ ...one, image });
    const event = runEngine({ ...one, image }, { engine: 'events', kernels: 'simd', schedule, runtime });
    assert.deepEqual(event.record, expected.record);
    assert.deepEqual(event.logits, expected.logits);
    assert.deepEqual(event.layers, expected.layers);
  },
  60,
);
