/**
 * @file Networks of any geometry whose numbers go to the ends, in every way that there is: all agree, or all refuse (agreement.ts). The
 * long run: STRELU_LAW_CASES=200000 and, for other cases, STRELU_TEST_SEED.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { UserError } from '../../src/errors.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { NEURONS } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { assertAgreement, closeAgreement } from '../support/agreement.ts';
import { extremeCases, wordsOf } from '../support/extreme-network.ts';
import { caseCount } from '../support/law.ts';

after(closeAgreement);

test('any geometry, any numbers, any neuron, schedule and number of workers: all ways agree, or all refuse', () => {
  const seen = { agree: 0, refused: 0 };
  fc.assert(
    fc.property(extremeCases(), (one) => {
      try {
        assertAgreement(one);
        seen.agree++;
      } catch (error) {
        if (error instanceof UserError) seen.refused++;
        else {
          const { network, neuron, schedule, steps, count, extreme, workers } = one;
          const how = `${neuron}, ${schedule}, T = ${steps}, ${count} images, ${workers} workers${extreme ? ', extreme' : ''}`;
          throw new Error(`${how}: ${wordsOf(network.architecture)}`, { cause: error });
        }
      }
    }),
    // the seed of a network says nothing about smaller ones
    { numRuns: caseCount(30), endOnFailure: true },
  );
  assert.ok(seen.agree > seen.refused, JSON.stringify(seen));
});

test('int8: a whole bias of more than 2^23 units stays what it is, in layers with and without an image', () => {
  const one = (...values: number[]): Float32Array<ArrayBuffer> => Float32Array.from(values);
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const odd = 2 ** 23 + 1; // adding 1/2 to it would round to 2^23 + 2
  const snn: SpikingNetwork = {
    name: 'odd',
    input: [1, 1, 1],
    classes: 2,
    neuron: NEURONS.find(({ name }) => name === 'half')!,
    initialPotential: 0,
    grid: { kind: 'int8', per: 'channel' },
    layers: [
      {
        name: 'first',
        shape: [1, 1, 2],
        theta: one(2 ** 22, 2),
        bias: one(odd, -odd),
        scale: one(1, 1),
        inputs: [{ ...linear, from: -1, weight: one(1, 0.25) }],
      },
      {
        name: 'readout',
        shape: [1, 1, 2],
        theta: one(),
        bias: one(odd, -odd),
        scale: one(1, 1),
        inputs: [{ ...linear, from: 0, weight: one(1, 0, 0, 1) }],
      },
    ],
    provenance: {},
  };
  const record = { spikes: true, membrane: true, currents: true } as const;
  const ways = [
    { engine: 'reference' },
    { engine: 'events', kernels: 'reference' },
    { engine: 'events', kernels: 'simd' },
    { engine: 'products' },
  ] as const;
  for (const way of ways) {
    const { record: found } = simulate(snn, one(0), { steps: 1, record, ...way });
    assert.deepEqual(found[0]!.currents, one(odd, -odd), JSON.stringify(way));
    assert.deepEqual(found[1]!.currents, one(odd + 1, -odd - 1), JSON.stringify(way));
  }
});
