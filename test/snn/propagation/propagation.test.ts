/** @file Values through weights by SIMD, on one thread and on two, have the bits of the plain loop; so has all that `verify` says. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { quantisedToInt8 } from '../../../src/convert/transforms/int8.ts';
import { NetworkTally } from '../../../src/lab/verify/network-tally.ts';
import { mapSize } from '../../../src/nn/architecture.ts';
import { Random } from '../../../src/random/random.ts';
import { createRuntime, type Runtime } from '../../../src/runtime.ts';
import type { ScaledSynapses } from '../../../src/snn/geometry.ts';
import { BLOCK, IMAGES } from '../../../src/snn/propagation/kernel.ts';
import { isFast } from '../../../src/snn/propagation/lay-out.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import {
  accelerate,
  analogueCurrents,
  analogueCurrentsEach,
  type LayerWiring,
  propagate,
  propagateEach,
  wiringOf,
} from '../../../src/snn/wiring.ts';
import { assertSame } from '../../support/assert-same.ts';
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

/** Three images for each synapses: values of the source, and sums to begin with, of which some images have -0. */
const casesOf = (wiring: readonly LayerWiring[], random: Random) =>
  wiring.flatMap(({ spikes, neurons }) =>
    spikes.map((synapses) => {
      const images = Array.from({ length: 1 + random.integer(2 * IMAGES) }, () => random.integer(2) === 0);
      return {
        synapses,
        values: images.map(() => numbers(mapSize(synapses.source), random)),
        // adding 0 turns -0 into 0
        start: images.map((signed) => numbers(neurons, random).map((sum) => (signed ? sum : sum + 0))),
      };
    }),
  );

test('weights, their sizes and their squares: every bit of the plain loop, images alone or together, from sums that are not 0', () => {
  let fast = 0;
  fc.assert(
    fc.property(architectureCases({ wide: true }), fc.nat(), ({ network }, seed) => {
      const snn = convertedOrRefused(network);
      if (!snn) return;
      const wiring = wiringOf(snn);
      const cases = casesOf(wiring, Random.seeded(seed));
      fast += cases.filter(({ synapses }) => isFast(synapses)).length;
      const run = (together: boolean): Float64Array[] =>
        cases.flatMap(({ synapses, values, start }) =>
          (['weights', 'sizes', 'squares'] as const).flatMap((power) => {
            const into = start.map((sums) => sums.slice());
            if (together) propagateEach(synapses, values, into, power);
            else for (const [i, own] of into.entries()) propagate(synapses, values[i]!, own, power);
            return into;
          }),
        );
      const expected = run(false);
      for (const runtime of runtimes) {
        const laidOut = accelerate(wiring, runtime);
        try {
          assertSame(run(true), expected, `${runtime.team.lanes} lanes, together`);
          assertSame(run(false), expected, `${runtime.team.lanes} lanes, alone`);
        } finally {
          laidOut.close();
        }
      }
      assertSame(run(true), expected, 'closed again');
    }),
    { numRuns: 60 },
  );
  assert.ok(fast > 20, `${fast} were fast`);
});

test('constant currents by SIMD: every bit of those that engines begin with, on a grid too', () => {
  fc.assert(
    fc.property(
      architectureCases({ wide: true }),
      fc.boolean(),
      fc.nat(),
      ({ network, images, count }, gridded, seed) => {
        const converted = convertedOrRefused(network);
        if (!converted) return;
        const identities = converted.layers.some(({ inputs }) =>
          inputs.some(({ kind, from }) => kind === 'identity' && from < 0),
        );
        const snn = gridded && !identities ? quantisedToInt8(converted) : converted;
        const wiring = wiringOf(snn);
        const random = Random.seeded(seed);
        const signs = images.map((pixel) => (random.integer(8) === 0 ? -0 : pixel));
        const pixels = mapSize(snn.input);
        const all = Array.from({ length: count }, (_, i) => signs.subarray(i * pixels, (i + 1) * pixels));
        const expected = all.map((image) => analogueCurrents(snn, image));
        assertSame(analogueCurrentsEach(snn, wiring, all), expected);
        for (const runtime of runtimes) {
          const laidOut = accelerate(wiring, runtime);
          try {
            assertSame(analogueCurrentsEach(snn, wiring, all), expected, `${runtime.team.lanes} lanes`);
          } finally {
            laidOut.close();
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('what is fast: whole blocks of channels, finite squares; identities and groups are not', () => {
  const weight = Float32Array.of(1, -2);
  const some = { kind: 'weights', groups: 1, out: [1, 1, BLOCK], weight } as unknown as ScaledSynapses;
  assert.equal(isFast(some), true);
  assert.equal(isFast({ ...some, out: [1, 1, BLOCK - 1] }), false);
  assert.equal(isFast({ ...some, groups: 2 }), false);
  assert.equal(isFast({ ...some, kind: 'identity' }), false);
  for (const bad of [Number.POSITIVE_INFINITY, Number.NaN, -(2 ** 64)])
    assert.equal(isFast({ ...some, weight: Float32Array.of(1, bad) }), false);
});

test('laws, bounds, certificates, anatomies: all that a verification says is the same, image by image or all at once, and nothing stays on the heap', () => {
  fc.assert(
    fc.property(
      architectureCases({ wide: true }),
      fc.constantFrom('half', 'full', 'tracer', 'rest'),
      ({ network, images: two }, neuron) => {
        const images = Float32Array.from([...two, ...two.map((x) => x / 2), ...two.map((x) => -x)]);
        const count = 6;
        const snn = convertedOrRefused(network, neuron);
        if (!snn) return;
        const schedule = neuron === 'tracer' ? 'settling' : 'streaming';
        const record = { spikes: true, membrane: true, currents: true, counts: true };
        const pixels = mapSize(snn.input);
        // kernels keep what they have needed once: what a second verification leaves is its own
        const checksOf = (runtime: Runtime | undefined, together: number) => {
          if (runtime) checksOnce(runtime, together);
          const before = runtime?.heap.used;
          const checks = checksOnce(runtime, together);
          assert.equal(runtime?.heap.used, before);
          return checks;
        };
        const checksOnce = (runtime: Runtime | undefined, together: number) => {
          const { architecture } = network;
          const options = { images: count, steps: 4, schedule, radius: 0.01, runtime } as const;
          const tally = new NetworkTally(snn, { ...options, architecture });
          for (let first = 0; first < count; first += together) {
            const some = images.subarray(first * pixels, Math.min(count, first + together) * pixels);
            const result = simulate(snn, some, { steps: 4, schedule, record });
            tally.add(result, some, new Uint8Array(result.images));
          }
          tally.close();
          return tally.checks;
        };
        const expected = checksOf(undefined, 1);
        assertSame(checksOf(undefined, count), expected);
        for (const runtime of runtimes) assertSame(checksOf(runtime, count), expected);
      },
    ),
    { numRuns: 40 },
  );
});
