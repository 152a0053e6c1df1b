/**
 * @file Networks of any geometry in every engine and schedule: rectangular kernels, two strides, borders wider than the kernel,
 * dilation, groups, pools of any window, max pools and concatenations give what the reference engine defines.
 */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { NEURONS } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { Schedule, SimulateOptions, SimulationResult } from '../../src/snn/simulation.ts';
import { assertSame } from '../support/assert-same.ts';
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
  assertSame(facts(run({ engine: 'events', kernels: 'reference' })), expected, 'plain events');
  assertSame(facts(run({ engine: 'events' })), expected, 'events');
  assertSame(facts(run({ engine: 'events', runtime })), expected, 'events on two workers');
  const bare = facts(run({ engine: 'events', record: {} }), false);
  assertSame(bare, facts(run({ engine: 'reference', record: {} }), false), 'events without a record');
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

test('where no sum rounds, products and auto too give the bits of the reference engine', () => {
  fc.assert(
    fc.property(
      architectureCases({ wide: true, dyadicPools: true, unevenMeans: false }),
      fc.constantFrom('half', 'tracer', 'rest'),
      fc.constantFrom('streaming', 'layered', 'settling'),
      fc.constantFrom('products', 'auto'),
      // whoever does not ask for the currents of each step may get one product for all steps of a layer that waits
      fc.boolean(),
      fc.constantFrom(1, 4, 7),
      fc.constantFrom(1, 7),
      ({ network, images }, neuron, schedule, one, currents, steps, madeFor) => {
        const snn = convertedOrRefused(network, neuron);
        if (!snn) return;
        const exact = exactNetwork(snn, madeFor);
        const run = (engine: 'reference' | 'products' | 'auto'): SimulationResult =>
          simulate(exact, images, { steps, schedule, record: { ...record, currents }, engine });
        assertSame(facts(run(one)), facts(run('reference')));
      },
    ),
    { numRuns: 120 },
  );
});

test('on the int8 grid: events in int8 and float32 give the bits of the reference engine, also when they settle', () => {
  const ways = (['half', 'full', 'rest', 'tracer'] as const).flatMap((neuron) =>
    (neuron === 'full' ? (['streaming'] as const) : (['streaming', 'settling'] as const)).map(
      (schedule) => [neuron, schedule] as const,
    ),
  );
  fc.assert(
    fc.property(
      architectureCases({ wide: true }),
      fc.constantFrom(...ways),
      ({ network, images }, [neuron, schedule]) => {
        const snn = convertedOrRefused(network, neuron);
        if (!snn) return;
        assertSameEvents(quantisedToInt8(snn), images, schedule);
      },
    ),
    { numRuns: 120 },
  );
});

test('a border wider than the kernel: a map of 4 x 4, a kernel of 1, a padding of 2', () => {
  const one = (length: number, value: number): Float32Array<ArrayBuffer> =>
    new Float32Array(length).fill(value);
  const conv = { kind: 'conv2d', pool: 1, kernel: 1, stride: 1 } as const;
  const snn: SpikingNetwork = {
    name: 'border',
    input: [4, 4, 1],
    classes: 1,
    neuron: NEURONS.find(({ name }) => name === 'half')!,
    initialPotential: 0,
    layers: [
      {
        name: 'first',
        shape: [4, 4, 2],
        theta: one(1, 1),
        bias: one(2, 0),
        inputs: [{ ...conv, from: -1, weight: one(2, 1), padding: 0 }],
      },
      {
        name: 'bordered',
        shape: [8, 8, 2],
        theta: one(1, 1),
        bias: Float32Array.of(0.25, -0.75),
        inputs: [{ ...conv, from: 0, weight: Float32Array.of(1, 0.5, -1, 0.5), padding: 2 }],
      },
      {
        name: 'readout',
        shape: [1, 1, 1],
        theta: one(0, 0),
        bias: one(1, 0),
        inputs: [{ ...conv, kind: 'linear', from: 1, weight: one(128, 0.5), padding: 0 }],
      },
    ],
    provenance: {},
  };
  assertSameEvents(
    snn,
    Float32Array.from({ length: 32 }, (_, i) => Math.sin(i)),
    'streaming',
    8,
  );
});

test('the built-in resnet at odd sizes: shortcuts reach over the border, in every engine', () => {
  for (const side of [5, 9]) {
    const architecture = MODELS.resnet([side, side, 1], 3, { activation: 'strelu', width: 0.06 });
    const fresh = createModel(runtime.heap, architecture, Random.seeded(side));
    const { snn } = convert(exportNetwork(fresh));
    disposeModel(runtime.heap, fresh);
    const images = Float32Array.from({ length: 2 * side * side }, (_, i) => Math.sin(3 * i));
    assertSameEvents(snn, images, 'streaming', 4);
  }
});

test('an image that stops for certain keeps the class that it would have had at T', () => {
  let stopped = 0;
  fc.assert(
    fc.property(architectureCases(), ({ network, images }) => {
      const snn = convertedOrRefused(network);
      if (!snn) return;
      const whole = simulate(snn, images, { steps: 6 });
      const early = simulate(snn, images, { steps: 6, stop: { rule: 'certain' } });
      const last = (result: SimulationResult): number[] => [...result.predictions.slice(-result.images)];
      assertSame(last(early), last(whole));
      stopped += early.stopped!.filter((step) => step < 6).length;
    }),
    { numRuns: 100 },
  );
  assert.ok(stopped > 0);
});
