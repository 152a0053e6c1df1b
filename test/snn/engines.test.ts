/** @file One truth: events give the spikes, potentials and logits of the reference engine, bit for bit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { quantisedToInt8 } from '../../src/convert/transforms/int8.ts';
import { decodeSnn, encodeSnn } from '../../src/format/snn-format.ts';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import type { MapShape } from '../../src/nn/architecture.ts';
import { Random } from '../../src/random/random.ts';
import type { SpikingNetwork, Synapses } from '../../src/snn/network.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { NEURONS } from '../../src/snn/neurons/index.ts';
import { openSimulation, simulate } from '../../src/snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../src/snn/simulation.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
import { quantised } from '../support/plain-quantised.ts';
import { randomImages, randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';

const record = { spikes: true, membrane: true, currents: true, counts: true };

const WAYS: Partial<SimulateOptions>[] = [
  { kernels: 'reference', schedule: 'streaming' },
  { kernels: 'reference', schedule: 'layered' },
  { kernels: 'simd', schedule: 'layered' },
  { kernels: 'simd', schedule: 'streaming' },
  { engine: 'reference', schedule: 'layered' },
];
const seeds = fc.integer({ min: 0, max: 1e6 });
/** Every synapse at every step, as matrix products. */
const PRODUCTS: Partial<SimulateOptions> = { engine: 'products' };
/** Says of a dyadic network that no sum of it rounds. */
const exact = (snn: SpikingNetwork): SpikingNetwork => ({
  ...snn,
  grid: { kind: 'dyadic', steps: 64, imageBits: 6 },
});

test('events = reference, bit for bit, on dyadic networks', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('half', 'full'),
      (seed, steps, neuron) => {
        const trained = randomTrainedNetwork(seed);
        const { snn } = convert(trained, { neuron: neuron as 'half' | 'full' });
        const images = randomImages(trained, 2, seed);
        assertSameRun(
          simulate(snn, images, { steps, record }),
          simulate(snn, images, { steps, engine: 'reference', record }),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('a simulation that was opened for no images runs those that come', () => {
  const trained = randomTrainedNetwork(3);
  const { snn } = convert(trained, { neuron: 'half' });
  const images = randomImages(trained, 2, 3);
  for (const engine of ['events', 'products', 'auto', 'reference'] as const) {
    const simulation = openSimulation(snn, { steps: 3, engine }, 0);
    assertSameRun(simulation.simulate(images), simulate(snn, images, { steps: 3, engine }));
    simulation.close();
  }
});

test('a readout of several positions is refused, whatever the engine', () => {
  const { snn } = convert(randomTrainedNetwork(3), { neuron: 'half' });
  const readout = snn.layers.at(-1)!;
  const [, , classes] = readout.shape;
  for (const shape of [
    [1, classes, 1],
    [classes, 1, 1],
    [2, 1, classes],
  ] as const)
    for (const way of [...WAYS, PRODUCTS])
      assert.throws(
        () =>
          simulate(
            { ...snn, layers: [...snn.layers.slice(0, -1), { ...readout, shape }] },
            randomImages(randomTrainedNetwork(3), 1, 1),
            {
              steps: 2,
              ...way,
            },
          ),
        /expected a readout with a map of 1x1x/,
      );
});

test('images that are none, or end in the middle of one, are refused', () => {
  const trained = randomTrainedNetwork(3);
  const { snn } = convert(trained, { neuron: 'half' });
  const whole = randomImages(trained, 2, 1);
  for (const images of [whole.subarray(0, 0), whole.subarray(1), whole.subarray(0, 1)])
    for (const way of [...WAYS, PRODUCTS])
      assert.throws(() => simulate(snn, images, { steps: 2, ...way }), /images: expected a multiple of/);
});

const OWN_RULES = ['reset-to-zero', 'leaky', 'memory', 'burst', 'rest'] as const;

for (const dyadic of [true, false]) {
  test(`neurons with a rule of their own: events = reference, bit for bit, on ${dyadic ? 'dyadic' : 'rounding'} numbers`, () => {
    // what makes each kind what it is must have happened
    const seen = { 'reset-to-zero': 0, leaky: 0, memory: 0, burst: 0, rest: 0 };
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(...OWN_RULES),
        fc.integer({ min: 1, max: 5 }),
        (seed, steps, neuron, count) => {
          const trained = randomTrainedNetwork(seed, { dyadic });
          const snn = randomSpikingNetwork(trained, neuron, dyadic);
          const images = randomImages(trained, count, seed, dyadic);
          const expected = simulate(snn, images, { steps, engine: 'reference', record });
          for (const options of WAYS)
            assertSameRun(simulate(snn, images, { steps, record, ...options }), expected);
          if (dyadic) assertSameRun(simulate(exact(snn), images, { steps, record, ...PRODUCTS }), expected);
          const special = neuron === 'burst' || neuron === 'rest' ? 2 : neuron === 'reset-to-zero' ? 1 : -1;
          for (const { spikes } of expected.record) if (spikes?.includes(special)) seen[neuron]++;
        },
      ),
      { numRuns: 60 },
    );
    for (const [neuron, times] of Object.entries(seen)) assert.ok(times > 3, `${neuron}: ${times}`);
  });
}

test('every spike of a burst counts: spikes, density and accumulates are of abs(s)', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(...OWN_RULES), (seed, neuron) => {
      const trained = randomTrainedNetwork(seed);
      const snn = randomSpikingNetwork(trained, neuron);
      const result = simulate(snn, randomImages(trained, 2, seed), { steps: 5, record });
      result.layers.slice(0, -1).forEach(({ spikes, density, neurons }, l) => {
        const train = result.record[l]!.spikes!;
        for (let t = 0; t < 5; t++) {
          let sum = 0;
          for (let i = 0; i < 2; i++)
            for (const s of train.subarray((i * 5 + t) * neurons, (i * 5 + t + 1) * neurons))
              sum += Math.abs(s);
          assert.equal(spikes[t], sum);
          assert.equal(density[t], sum / (2 * neurons));
        }
      });
    }),
    { numRuns: 20 },
  );
});

test('records of some layers are those of all layers; the others are empty', () => {
  fc.assert(
    fc.property(seeds, fc.nat(), (seed, which) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const images = randomImages(trained, 2, seed);
      const all = simulate(snn, images, { steps: 3, record }).record;
      const l = which % all.length;
      for (const options of [...WAYS, { engine: 'reference' as const }]) {
        const some = simulate(snn, images, {
          steps: 3,
          record: { ...record, layers: [l] },
          ...options,
        }).record;
        assert.deepEqual(some[l], all[l]);
        for (const [k, layer] of some.entries()) if (k !== l) assert.deepEqual(Object.keys(layer), ['name']);
      }
    }),
    { numRuns: 20 },
  );
});

test('events = reference on numbers that round, for the sums have one order', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const trained = randomTrainedNetwork(seed, { activation: 'trelu', batchNorm: true, dyadic: false });
      const { snn } = convert(trained, { method: 'trelu' });
      const images = randomImages(trained, 1, seed, false);
      const expected = simulate(snn, images, { steps: 4, engine: 'reference', record });
      for (const options of WAYS)
        assertSameRun(simulate(snn, images, { steps: 4, record, ...options }), expected);
    }),
    { numRuns: 30 },
  );
});

test("settling: all engines agree, and every count is the quantised network's", () => {
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom(1, 2, 4, 8),
      fc.constantFrom('half', 'rest', 'tracer'),
      (seed, steps, neuron) => {
        const trained = randomTrainedNetwork(seed);
        const { snn } = convert(trained, { neuron: neuron as 'half' | 'rest' | 'tracer' });
        const images = randomImages(trained, 2, seed);
        const run = (options: Partial<SimulateOptions>): SimulationResult =>
          simulate(snn, images, { steps, record, schedule: 'settling', ...options });
        const expected = run({ engine: 'reference' });
        assertSameRun(run({ kernels: 'reference' }), expected);
        assertSameRun(run({ kernels: 'simd' }), expected);
        assertSameRun(
          simulate(exact(snn), images, { steps, record, schedule: 'settling', ...PRODUCTS }),
          expected,
        );
        assert.deepEqual(run({ kernels: 'simd' }).latency, expected.latency);
        if (neuron !== 'tracer') assertOverloadedByMean(exact(snn), images, steps);
        // rest: the network before it was coded, every count T higher
        const [uncoded, more] = neuron === 'rest' ? [convert(trained).snn, steps] : [snn, 0];
        const { counts, logits } = quantised(uncoded, images.subarray(0, images.length / 2), steps);
        counts.forEach((layer, l) => {
          const found = expected.record[l]!.counts!.subarray(0, layer.length);
          assert.deepEqual(
            Array.from(found, (count) => count - more),
            layer,
          );
        });
        assert.deepEqual([...expected.logits.subarray(-2 * snn.classes, -snn.classes)], logits);
      },
    ),
    { numRuns: 40 },
  );
});

test('many steps: what is kept of a layer is a window of steps, the spikes are the same', () => {
  for (const [seed, neuron] of [
    [1, 'half'],
    [2, 'full'],
    [3, 'tracer'],
  ] as const) {
    const trained = randomTrainedNetwork(seed);
    const { snn } = convert(trained, { neuron });
    const images = randomImages(trained, 2, seed);
    for (const schedule of ['layered', neuron === 'tracer' ? 'settling' : 'streaming'] as const) {
      const options = { steps: 37, record, schedule };
      const expected = simulate(snn, images, { ...options, engine: 'reference' });
      assertSameRun(simulate(snn, images, options), expected);
      assertSameRun(simulate(exact(snn), images, { ...options, ...PRODUCTS }), expected);
    }
  }
});

test('products = reference, bit for bit, on dyadic networks: any number of images and steps', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 9 }),
      (seed, steps, count) => {
        const trained = randomTrainedNetwork(seed);
        const { snn } = convert(trained);
        const images = randomImages(trained, count, seed);
        assertSameRun(
          simulate(exact(snn), images, { steps, record, ...PRODUCTS }),
          simulate(snn, images, { steps, engine: 'reference', record }),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('products of bytes = reference, bit for bit: any number of images and steps, counts that fit seven bits and counts that do not', () => {
  const counts = { spikes: true, counts: true };
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom(...NEURONS.filter(({ simd }) => simd !== undefined)),
      fc.constantFrom(1, 2, 3, 4, 15, 16, 31, 32, 63, 64, 130),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom<'channel' | 'layer'>('channel', 'layer'),
      fc.boolean(),
      (seed, neuron, steps, count, per, waits) => {
        const trained = randomTrainedNetwork(seed);
        const snn = quantisedToInt8(randomSpikingNetwork(trained, neuron), per);
        const images = randomImages(trained, count, seed);
        const settles = waits && neuron.settling;
        const way = settles ? ({ schedule: 'settling', record: counts } as const) : { record };
        const run = (engine: 'products' | 'reference') => simulate(snn, images, { steps, ...way, engine });
        const found = run('products');
        assert.match(found.method, hasRelaxedSimd ? /^products, int8/ : /^products, float32/);
        assertSameRun(found, run('reference'));
      },
    ),
    { numRuns: 60 },
  );
});

test('int8: maps whose windows leave the map and its border, as a network made in memory may have them: products = reference', () => {
  const random = Random.seeded(5);
  const whole = (length: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length }, () => random.integer(41) - 20);
  const layer = (
    name: string,
    shape: MapShape,
    theta: number[],
    input: Omit<Synapses, 'pool' | 'stride'>,
  ) => ({
    ...{ name, shape, theta: Float32Array.from(theta), bias: whole(shape[2]) },
    ...{ scale: new Float32Array(shape[2]).fill(1), inputs: [{ pool: 1, stride: 1, ...input }] },
  });
  const square = { kernel: 3, kind: 'conv2d' } as const;
  const one = { kernel: 1, padding: 0 } as const;
  const images = Float32Array.from({ length: 3 * 72 }, (_, i) => (((i * 37) % 17) - 8) / 8);
  for (const [padding, out] of [
    [1, 6],
    [-1, 2],
    [1, 7],
    [0, 9],
    [1, 4],
  ] as const) {
    const snn: SpikingNetwork = {
      ...{
        name: 'by hand',
        input: [6, 6, 2],
        classes: 3,
        neuron: half,
        initialPotential: 0.5,
        provenance: {},
      },
      grid: { kind: 'int8', per: 'layer' },
      layers: [
        layer('first', [6, 6, 4], [20], { kind: 'conv2d', from: -1, weight: whole(8), ...one }),
        layer('second', [out, out, 5], [60], { from: 0, weight: whole(180), padding, ...square }),
        layer('readout', [1, 1, 3], [], { kind: 'linear', from: 1, weight: whole(out * out * 15), ...one }),
      ],
    };
    const run = (engine: 'products' | 'reference') => simulate(snn, images, { steps: 8, record, engine });
    assertSameRun(run('products'), run('reference'));
  }
});

test('products on numbers that round: currents of the first spiking layer differ by rounding only', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const trained = randomTrainedNetwork(seed, { dyadic: false });
      const { snn } = convert(trained);
      const images = randomImages(trained, 3, seed, false);
      const [found, expected] = ([PRODUCTS, { engine: 'reference' }] as const).map((options) =>
        simulate(snn, images, { steps: 3, record, ...options }),
      ) as [SimulationResult, SimulationResult];
      assert.deepEqual(found.record[0]!.spikes, expected.record[0]!.spikes);
      const [own, wanted] = [found.record[1]!.currents!, expected.record[1]!.currents!];
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
      own.forEach((value, i) => {
        // some hundred products, and the transforms of a fast convolution
        assert.ok(Math.abs(value - wanted[i]!) <= 2e-5 * largest, `${value} and ${wanted[i]} of ${largest}`);
      });
    }),
    { numRuns: 40 },
  );
});

test('biases that differ from place to place (rest coding): all engines agree, on any numbers; a file keeps them', () => {
  let differ = 0;
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 5 }), fc.boolean(), (seed, count, dyadic) => {
      const trained = randomTrainedNetwork(seed, { dyadic });
      const { snn } = convert(trained, { neuron: 'rest' });
      if (snn.layers.some(({ bias, shape }) => bias.length !== shape[2])) differ++;
      // the first layer receives no spikes: its biases are alike everywhere, and kept once
      assert.equal(snn.layers[0]!.bias.length, snn.layers[0]!.shape[2]);
      const images = randomImages(trained, count, seed, dyadic);
      const expected = simulate(snn, images, { steps: 4, engine: 'reference', record });
      for (const options of WAYS)
        assertSameRun(simulate(snn, images, { steps: 4, record, ...options }), expected);
      if (dyadic) assertSameRun(simulate(exact(snn), images, { steps: 4, record, ...PRODUCTS }), expected);
      assertSameRun(simulate(decodeSnn(encodeSnn(snn), 'f'), images, { steps: 4, record }), expected);
    }),
    { numRuns: 40 },
  );
  assert.ok(differ > 10, `${differ}`);
});

/** A neuron that waits for all its currents is overloaded where their mean is above theta, up or down. */
function assertOverloadedByMean(snn: SpikingNetwork, images: Float32Array<ArrayBuffer>, steps: number): void {
  const options = { steps, schedule: 'settling', record: { currents: true } } as const;
  const { layers, record, images: count } = simulate(snn, images, options);
  for (const [l, { neurons, overload }] of layers.slice(0, -1).entries()) {
    const { theta } = snn.layers[l]!;
    let overloaded = 0;
    for (let i = 0; i < count; i++)
      for (let n = 0; n < neurons; n++) {
        let sum = 0;
        for (let t = 0; t < steps; t++) sum += record[l]!.currents![(i * steps + t) * neurons + n]!;
        if (Math.abs(sum) > theta[n % theta.length]! * steps) overloaded++;
      }
    assert.equal(overload, overloaded / (neurons * count), `layer ${l}`);
  }
}

test('settling does not fit a truncating neuron', () => {
  const { snn } = convert(randomTrainedNetwork(1), { neuron: 'full' });
  const run = (): SimulationResult =>
    simulate(snn, new Float32Array(snn.input[0] * snn.input[1] * snn.input[2]), {
      steps: 1,
      schedule: 'settling',
    });
  assert.throws(run, /^UsageError: schedule: settling is for neurons that round .* found full;/);
  for (const neuron of OWN_RULES.filter((kind) => kind !== 'rest')) {
    const other = randomSpikingNetwork(randomTrainedNetwork(1), neuron);
    const image = new Float32Array(other.input[0] * other.input[1] * other.input[2]);
    assert.throws(
      () => simulate(other, image, { steps: 1, schedule: 'settling' }),
      /^UsageError: schedule: settling is for neurons that round \(half, unipolar, tracer, rest\)/,
    );
  }
});

test('a neuron of more inputs than events can number: plain loops in their place, and the result says so; products run', () => {
  const [height, width] = [257, 256];
  const synapses = { pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const weight = Float32Array.from({ length: 2 * height * width }, (_, i) => ((i * 7) % 9) - 4);
  const wide: SpikingNetwork = {
    ...convert(randomTrainedNetwork(1)).snn,
    name: 'wide',
    input: [height, width, 1],
    classes: 2,
    grid: { kind: 'dyadic', steps: 2, imageBits: 1 },
    layers: [
      {
        name: 'a',
        shape: [height, width, 1],
        theta: Float32Array.of(1),
        bias: Float32Array.of(0),
        inputs: [{ ...synapses, kind: 'identity', from: -1, weight: new Float32Array(0) }],
      },
      {
        name: 'readout',
        shape: [1, 1, 2],
        theta: new Float32Array(0),
        bias: new Float32Array(2),
        inputs: [{ ...synapses, kind: 'linear', from: 0, weight }],
      },
    ],
  };
  const image = Float32Array.from({ length: height * width }, (_, i) => ((i % 5) - 2) / 2);
  const [events, products, expected] = (['events', 'products', 'reference'] as const).map((engine) =>
    simulate(wide, image, { steps: 2, engine }),
  ) as [SimulationResult, SimulationResult, SimulationResult];
  assert.equal(events.method, 'events, float32, plain loops');
  assert.equal(products.method, 'products, float32, simd, 1 lane');
  assertSameRun(events, expected);
  assertSameRun(products, expected);
});

test('conservation on every neuron: theta N = sum of I + v0 - v_T', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const steps = 5;
      const { record: records } = simulate(snn, randomImages(trained, 1, seed), { steps, record });
      snn.layers.slice(0, -1).forEach((layer, l) => {
        const { counts, membrane, currents } = records[l]!;
        const neurons = counts!.length;
        for (let i = 0; i < neurons; i++) {
          const theta = layer.theta[i % layer.theta.length]!;
          let sum = snn.initialPotential * theta;
          for (let t = 0; t < steps; t++) sum += currents![t * neurons + i]!;
          assert.equal(theta * counts![i]!, sum - membrane![(steps - 1) * neurons + i]!);
        }
      });
    }),
    { numRuns: 30 },
  );
});

test('what does not fit is refused in one line', () => {
  const trained = randomTrainedNetwork(1);
  const { snn } = convert(trained);
  assert.throws(
    () => simulate(snn, new Float32Array(1), { steps: 0 }),
    /^UsageError: steps: expected a whole number >= 1, found 0$/,
  );
  assert.throws(
    () => simulate(snn, new Float32Array(7919), { steps: 1 }),
    /^InputError: images: expected a multiple of .* found 7919/,
  );
  const engines = ['events', 'products', 'auto', 'reference'] as const;
  for (const engine of engines)
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const images = randomImages(trained, 2, 1);
      images[images.length - 1] = value;
      assert.throws(
        () => simulate(snn, images, { steps: 1, engine }),
        new RegExp(
          `^InputError: images: expected finite numbers, found ${value} at ${images.length - 1} \\(image 1\\)`,
        ),
      );
    }
  const pixels = randomImages(trained, 1, 1).length;
  for (const [images, kind] of [
    [new Uint8Array(pixels), 'Uint8Array'],
    [new Float64Array(pixels), 'Float64Array'],
    [new Array(pixels).fill(0), 'Array'],
    [undefined, 'Undefined'],
  ] as const)
    assert.throws(
      () => simulate(snn, images as never, { steps: 1 }),
      new RegExp(`^InputError: images: expected a Float32Array of normalised images, found ${kind};`),
    );
});
