/**
 * @file Networks of any geometry whose numbers go to the ends, in every way that there is: all agree, or all refuse (agreement.ts). The
 * long run: STRELU_LAW_CASES=200000 and, for other cases, STRELU_TEST_SEED.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { UserError } from '../../src/errors.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { NEURONS } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { assertAgreement, closeAgreement } from '../support/agreement.ts';
import { extremeCases, wordsOf } from '../support/extreme-network.ts';
import { caseCount } from '../support/law.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

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

test('int8: large biases, many steps: a potential that float32 would round is not left to whole numbers', () => {
  const one = (...values: number[]): Float32Array<ArrayBuffer> => Float32Array.from(values);
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(1, 100, 10_001, 30_000),
      fc.constantFrom(8, 200, 1024),
      fc.constantFrom('half', 'full', 'unipolar', 'rest', 'tracer'),
      fc.constantFrom('streaming', 'settling'),
      (size, steps, name, schedule) => {
        const neuron = NEURONS.find((own) => own.name === name)!;
        if (schedule === 'settling' && !neuron.settling) return;
        const snn = quantisedToInt8({
          name: 'large',
          input: [1, 1, 1],
          classes: 2,
          neuron,
          initialPotential: neuron.start,
          provenance: {},
          layers: [
            {
              name: 'first',
              shape: [1, 1, 2],
              theta: one(1),
              bias: one(0, 0),
              inputs: [{ ...linear, from: -1, weight: one(0.3, -0.5) }],
            },
            {
              name: 'second',
              shape: [1, 1, 3],
              theta: one(1),
              bias: one(size, -size, size / 3),
              inputs: [{ ...linear, from: 0, weight: one(0.5, -0.25, 0.125, 0.375, -0.5, 0.05) }],
            },
            {
              name: 'readout',
              shape: [1, 1, 2],
              theta: one(),
              bias: one(0.1, 0.2),
              inputs: [{ ...linear, from: 1, weight: one(1, -1, 0.5, 0.25, -0.3, 0.7) }],
            },
          ],
        });
        const run = (engine: 'events' | 'products' | 'reference') => {
          const {
            method,
            engine: _,
            ...facts
          } = simulate(snn, one(0.6), {
            ...{ steps, schedule, engine },
            record: { counts: true },
          });
          if (engine === 'events') seen.add(method.split(',')[1]!.trim());
          return facts;
        };
        assert.deepEqual(run('events'), run('reference'));
        assert.deepEqual(run('products'), run('reference'));
      },
    ),
    { numRuns: 60 },
  );
  assert.deepEqual([...seen], ['int8'], 'the readout is always of whole numbers');
});

test('settling neurons start where the network says, in every engine', () => {
  const trained = randomTrainedNetwork(4);
  for (const initialPotential of [0, 0.25, 0.5]) {
    const snn = { ...convert(trained, { neuron: 'tracer' }).snn, initialPotential };
    const images = randomImages(trained, 2, 1);
    const [events, reference] = (['events', 'reference'] as const).map((engine) =>
      simulate(snn, images, { steps: 4, engine, schedule: 'settling', record: { counts: true } }),
    );
    assert.deepEqual(events!.record, reference!.record);
  }
});
