/** @file Neurons followed by SIMD, on one thread and on two, have the bits of the plain loop. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { type Follow, type Followed, followPlainly } from '../../../src/proof/laws/follow.ts';
import { traceLayer, traceWith } from '../../../src/proof/laws/trace-layer.ts';
import { openTracer } from '../../../src/proof/laws/tracer.ts';
import { Random } from '../../../src/random/random.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { assertSame } from '../../support/assert-same.ts';
import { networkCases } from '../../support/network-cases.ts';

const runtimes = [1, 2].map((workers) => createRuntime({ workers }));
const tracers = runtimes.map(openTracer);
after(() => {
  for (const tracer of tracers) tracer.close();
  for (const runtime of runtimes) runtime.close();
});

/** Of any size, zeros of both signs and what is no number among them. */
function numbers(length: number, random: Random): Float32Array<ArrayBuffer> {
  const special = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return Float32Array.from({ length }, () =>
    random.integer(40) === 0
      ? special[random.integer(special.length)]!
      : random.normal() * 2 ** (random.integer(30) - 15),
  );
}

/** What is no number has one of many patterns of bits. */
function sameNaN(found: Float64Array): void {
  for (let i = 0; i < found.length; i++) if (Number.isNaN(found[i]!)) found[i] = Number.NaN;
}

test('any record: the plain loop, to the last bit', () => {
  fc.assert(
    fc.property(
      // of few steps, and of so many neurons and steps that they come in portions
      fc.oneof(
        fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 30 })),
        fc.constantFrom([3001, 64], [3, 66_000], [131_073, 1], [1, 140_000]),
      ),
      fc.boolean(),
      fc.constantFrom(0.5, 1, Number.POSITIVE_INFINITY),
      fc.nat(),
      ([neurons, steps], accumulated, phi, seed) => {
        const random = Random.seeded(seed);
        const size = neurons * steps;
        const first = random.integer(5);
        const recorded = {
          ...{
            currents: numbers(first + size, random),
            membrane: numbers(first + size, random),
            first,
            steps,
          },
          spikes: Int8Array.from({ length: first + size }, () => random.integer(255) - 127),
        };
        const theta = Float64Array.from(numbers(neurons, random));
        const v0 = Float64Array.from(numbers(neurons, random));
        const followed = (follow: Follow): readonly [Followed, number] => {
          const zeros = (): Float64Array => new Float64Array(neurons);
          const trace = {
            ...{ theta, v0, accumulated, counts: new Int32Array(neurons), excess: zeros() },
            ...{ sumCurrent: zeros(), maxAbsCurrent: zeros(), potential: zeros() },
            ...{ maxAbsPotential: zeros(), overloadBound: zeros(), roundoff: zeros() },
          };
          const overloads = follow(trace, recorded, phi);
          for (const found of Object.values(trace)) if (found instanceof Float64Array) sameNaN(found);
          return [trace, overloads];
        };
        const expected = followed(followPlainly);
        for (const { follow } of tracers) assertSame(followed(follow), expected, 'traced');
      },
    ),
    { numRuns: 50 },
  );
});

test('whole layers of real runs, in any neuron', () => {
  fc.assert(
    fc.property(
      networkCases({ neurons: ['full', 'half', 'rest', 'tracer'] }),
      ({ network, image, steps }) => {
        const record = { spikes: true, membrane: true, currents: true };
        const result = simulate(network, image, { steps, record, schedule: 'layered' });
        for (let l = 0; l < network.layers.length - 1; l++)
          for (const { follow } of tracers)
            assert.deepEqual(traceWith(follow, network, result, l, 0), traceLayer(network, result, l, 0));
      },
    ),
    { numRuns: 20 },
  );
});
