/**
 * @file Networks of any geometry in every engine and schedule: rectangular kernels, two strides, borders wider than the kernel,
 * dilation, groups, pools of any window, max pools and concatenations give what the reference engine defines.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { NEURONS } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { Schedule, SimulateOptions, SimulationResult } from '../../src/snn/simulation.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { architectureCases } from '../support/random-architecture.ts';

const runtime = createRuntime({ workers: 2 });
after(() => runtime.close());

const record = { spikes: true, membrane: true, currents: true, counts: true } as const;

/** Everything but how it was computed. */
const facts = ({ engine: _, method: __, record: all, ...rest }: SimulationResult, recorded = true) => ({
  ...rest,
  ...(recorded && { record: all }),
});

/** Every way of running events gives the same, bit for bit. */
function assertSameEvents(
  network: SpikingNetwork,
  images: Float32Array<ArrayBuffer>,
  schedule: Schedule,
  steps = 5,
): void {
  const run = (options: Partial<SimulateOptions>): SimulationResult =>
    simulate(network, images, { steps, schedule, record, ...options });
  const expected = facts(run({ engine: 'reference' }));
  assert.deepEqual(facts(run({ engine: 'events', kernels: 'reference' })), expected, 'plain events');
  assert.deepEqual(facts(run({ engine: 'events' })), expected, 'events');
  assert.deepEqual(facts(run({ engine: 'events', runtime })), expected, 'events on two workers');
  const bare = facts(run({ engine: 'events', record: {} }), false);
  assert.deepEqual(bare, facts(run({ engine: 'reference', record: {} }), false), 'events without a record');
}

test('streaming and layered, for every neuron: events give the bits of the reference engine', () => {
  const neurons = NEURONS.map(({ name }) => name);
  fc.assert(
    fc.property(
      architectureCases({ wide: true }),
      fc.constantFrom(...neurons),
      fc.constantFrom('streaming', 'layered'),
      ({ network, images }, name, schedule) => {
        const half = convertedOrRefused(network);
        if (!half) return;
        const neuron = NEURONS.find((one) => one.name === name)!;
        const snn = { ...half, neuron: neuron.withSlope?.(0.25) ?? neuron };
        assertSameEvents(snn, images, schedule);
      },
    ),
    { numRuns: 150 },
  );
});

test('settling: events give the bits of the reference engine, products those of exact networks', () => {
  fc.assert(
    fc.property(
      architectureCases({ wide: true, dyadicPools: true, unevenMeans: false }),
      fc.constantFrom('half', 'tracer', 'rest'),
      ({ network, images }, neuron) => {
        const snn = convertedOrRefused(network, neuron);
        if (!snn) return;
        assertSameEvents(snn, images, 'settling', 4);
      },
    ),
    { numRuns: 60 },
  );
});

test('where no sum rounds, products too give the bits of the reference engine', () => {
  fc.assert(
    fc.property(
      architectureCases({ wide: true, dyadicPools: true, unevenMeans: false }),
      fc.constantFrom('half', 'tracer', 'rest'),
      fc.constantFrom('streaming', 'layered', 'settling'),
      ({ network, images }, neuron, schedule) => {
        const snn = convertedOrRefused(network, neuron);
        if (!snn) return;
        const exact = exactNetwork(snn, 4);
        const run = (engine: 'reference' | 'products'): SimulationResult =>
          simulate(exact, images, { steps: 4, schedule, record, engine });
        assert.deepEqual(facts(run('products')), facts(run('reference')));
      },
    ),
    { numRuns: 80 },
  );
});

test('on the int8 grid: events in int8 and float32 give the bits of the reference engine', () => {
  fc.assert(
    fc.property(architectureCases({ wide: true }), ({ network, images }) => {
      const snn = convertedOrRefused(network);
      if (!snn) return;
      assertSameEvents(quantisedToInt8(snn), images, 'streaming');
    }),
    { numRuns: 80 },
  );
});
