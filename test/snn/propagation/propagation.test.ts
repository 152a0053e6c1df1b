/** @file Values through weights by SIMD, on one thread and on two, have the bits of the plain loop; so has all that `verify` says. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { NetworkTally } from '../../../src/lab/verify/network-tally.ts';
import { mapSize } from '../../../src/nn/architecture.ts';
import { Random } from '../../../src/random/random.ts';
import { createRuntime } from '../../../src/runtime.ts';
import type { ScaledSynapses } from '../../../src/snn/geometry.ts';
import { isFast } from '../../../src/snn/propagation/lay-out.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { accelerate, propagate, wiringOf } from '../../../src/snn/wiring.ts';
import { convertedOrRefused } from '../../support/converted-architecture.ts';
import { architectureCases } from '../../support/random-architecture.ts';

const runtimes = [1, 2].map((workers) => createRuntime({ workers }));
after(() => {
  for (const runtime of runtimes) runtime.close();
});

/** Numbers of any size, zeros of both signs among them. */
const numbers = (length: number, random: Random): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length }, () => {
    const kind = random.integer(6);
    if (kind < 2) return kind === 0 ? 0 : -0;
    return random.normal() * 2 ** (random.integer(40) - 20);
  });

test('weights, their sizes and their squares: every bit of the plain loop, from sums that are not 0', () => {
  let fast = 0;
  fc.assert(
    fc.property(architectureCases({ wide: true }), fc.nat(), ({ network }, seed) => {
      const snn = convertedOrRefused(network);
      if (!snn) return;
      const wiring = wiringOf(snn);
      const random = Random.seeded(seed);
      const cases = wiring.flatMap(({ spikes, neurons }) =>
        spikes.map((synapses) => ({
          synapses,
          values: numbers(mapSize(synapses.source), random),
          start: numbers(neurons, random),
        })),
      );
      fast += cases.filter(({ synapses }) => isFast(synapses)).length;
      const run = (): Float64Array[] =>
        cases.flatMap(({ synapses, values, start }) =>
          (['weights', 'sizes', 'squares'] as const).map((power) => {
            const into = start.slice();
            propagate(synapses, values, into, power);
            return into;
          }),
        );
      const expected = run();
      for (const runtime of runtimes) {
        const laidOut = accelerate(wiring, runtime);
        try {
          assert.deepEqual(run(), expected, `${runtime.team.lanes} lanes`);
        } finally {
          laidOut.close();
        }
      }
      assert.deepEqual(run(), expected, 'closed again');
    }),
    { numRuns: 60 },
  );
  assert.ok(fast > 20, `${fast} were fast`);
});

test('a channel is fast where a block is half full; identities and groups are not', () => {
  const some = { kind: 'weights', groups: 1, out: [1, 1, 8] } as unknown as ScaledSynapses;
  assert.equal(isFast(some), true);
  assert.equal(isFast({ ...some, out: [1, 1, 7] }), false);
  assert.equal(isFast({ ...some, groups: 2 }), false);
  assert.equal(isFast({ ...some, kind: 'identity' }), false);
});

test('laws, bounds, certificates, anatomies: all that a verification says is the same, and nothing stays on the heap', () => {
  fc.assert(
    fc.property(
      architectureCases({ wide: true }),
      fc.constantFrom('half', 'full', 'tracer', 'rest'),
      ({ network, images, count }, neuron) => {
        const snn = convertedOrRefused(network, neuron);
        if (!snn) return;
        const schedule = neuron === 'tracer' ? 'settling' : 'streaming';
        const record = { spikes: true, membrane: true, currents: true, counts: true };
        const result = simulate(snn, images, { steps: 4, schedule, record });
        const pixels = mapSize(snn.input);
        const all = [undefined, ...runtimes].map((runtime) => {
          const options = { images: count, steps: 4, schedule, radius: 0.01, runtime } as const;
          const { architecture } = network;
          const before = runtime?.heap.used;
          const tally = new NetworkTally(snn, { ...options, architecture });
          for (let i = 0; i < count; i++)
            tally.add(result, i, images.subarray(i * pixels, (i + 1) * pixels), 0);
          tally.close();
          assert.equal(runtime?.heap.used, before);
          return tally.checks;
        });
        assert.deepEqual(all[1], all[0]);
        assert.deepEqual(all[2], all[0]);
      },
    ),
    { numRuns: 40 },
  );
});
