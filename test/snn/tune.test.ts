/** @file Layers timed on this machine: whatever is faster, the answers are those of the definition; on no grid nothing is timed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { type MapShape, mapSize } from '../../src/nn/architecture.ts';
import { createRuntime } from '../../src/runtime.ts';
import { layerKey } from '../../src/snn/engines/layer-key.ts';
import { TUNING_IMAGES, tunedLayers } from '../../src/snn/engines/tuned-layers.ts';
import { synapseGeometry } from '../../src/snn/geometry.ts';
import type { PoolWindow, SpikingLayer, SpikingNetwork, Synapses } from '../../src/snn/network.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { requestOf } from '../../src/snn/request.ts';
import { isProduct } from '../../src/snn/simd/row-memory.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulateOptions } from '../../src/snn/simulation.ts';
import type { TuningTable } from '../../src/snn/tuning-table.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { architectureCases } from '../support/random-architecture.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

const record = { spikes: true, counts: true };

test('timed = the reference, bit for bit, on the int8 grid and in the exact modes', () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.constantFrom('half', 'rest'),
      fc.constantFrom(1, 2, 5),
      fc.boolean(),
      (seed, neuron, steps, exact) => {
        const trained = randomTrainedNetwork(seed);
        const { snn } = convert(trained, { neuron });
        const network = exact ? exactNetwork(snn, steps) : quantisedToInt8(snn);
        const images = randomImages(trained, 3, seed);
        const way = { steps, record, schedule: exact ? 'settling' : 'layered' } as const;
        const table: TuningTable = new Map();
        const timed = simulate(network, images, { ...way, engine: 'auto', tune: table });
        assert.match(timed.method, /^auto \(timed here: (products in .+|events in all layers)\), /);
        assertSameRun(timed, simulate(network, images, { ...way, engine: 'reference' }));
        const known = new Map(table);
        const again = simulate(network, images, { ...way, engine: 'auto', tune: table });
        assert.equal(again.method, timed.method, 'what is known decides');
        assert.deepEqual(table, known, 'and is not timed again');
      },
    ),
    { numRuns: 12 },
  );
});

test('where float32 could round a sum the fixed prices decide, whatever is faster', () => {
  const trained = randomTrainedNetwork(3);
  const grid = quantisedToInt8(convert(trained, { neuron: 'half' }).snn);
  // potentials beyond 2^24, so that an order of additions could be seen
  const large = {
    ...grid,
    layers: grid.layers.map((layer) => ({ ...layer, bias: layer.bias.map(() => 2 ** 23) })),
  };
  const images = randomImages(trained, TUNING_IMAGES, 1);
  const table: TuningTable = new Map();
  const request = requestOf(large, { steps: 8, engine: 'auto', tune: table });
  const density = large.layers.map(() => 0.5);
  for (const priced of [new Set<number>(), new Set(large.layers.keys())])
    assert.deepEqual(tunedLayers(large, request, table, images, priced, density), priced);
  assert.equal(table.size, 0);
});

test('only layers in which something is multiplied are named', () => {
  fc.assert(
    fc.property(architectureCases({ wide: true }), fc.constantFrom('half', 'rest'), ({ network }, neuron) => {
      const found = convertedOrRefused(network, neuron);
      if (!found) return;
      const grid = quantisedToInt8(found);
      const images = new Float32Array(mapSize(grid.input)).fill(0.5);
      const table: TuningTable = new Map();
      const request = requestOf(grid, { steps: 2, schedule: 'layered', engine: 'auto', tune: table });
      const density = grid.layers.map(() => 0.5);
      for (const l of tunedLayers(grid, request, table, images, new Set(), density)) {
        const layer = grid.layers[l]!;
        assert.ok(
          layer.inputs.some((s) => isProduct(synapseGeometry(grid, layer, s))),
          layer.name,
        );
      }
    }),
    { numRuns: 15 },
  );
});

test('refused on no grid, for another engine, for neurons that only plain loops run', () => {
  const trained = randomTrainedNetwork(1);
  const { snn } = convert(trained, { neuron: 'half' });
  const grid = quantisedToInt8(snn);
  const images = randomImages(trained, 1, 1);
  const tuned = { steps: 2, engine: 'auto', tune: new Map() } as const;
  const products = new Set([1]);
  for (const options of [tuned, { ...tuned, products }])
    assert.throws(
      () => simulate(snn, images, options),
      /^UsageError: tune: expected a network on a grid, .* found .* on none; put it on one \(quantisedToInt8, exactNetwork\), or leave tune out$/,
    );
  for (const engine of ['events', 'products', 'reference'] as const)
    assert.throws(
      () => simulate(grid, images, { ...tuned, engine }),
      /^UsageError: tune: layers are timed for engine auto, found engine/,
    );
  const { simd: _, ...plain } = half;
  assert.throws(
    () => simulate({ ...grid, neuron: { ...plain, name: 'plain' } }, images, tuned),
    /^UsageError: tune: SIMD kernels are timed, found plain, which has no SIMD mode for schedule streaming/,
  );
  for (const tune of [true, {}, 'runs/tuned.json'] as unknown as TuningTable[])
    assert.throws(
      () => simulate(grid, images, { ...tuned, tune }),
      /^UsageError: tune: expected a Map for the times of layers, found .+; give it a new Map\(\)$/,
    );
});

test('the table decides, layer by layer', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.infiniteStream(fc.boolean()), (seed, draw) => {
      const trained = randomTrainedNetwork(seed);
      const grid = quantisedToInt8(convert(trained, { neuron: 'rest' }).snn);
      const images = randomImages(trained, 2, seed);
      const table: TuningTable = new Map();
      const request = requestOf(grid, { steps: 3, engine: 'auto', tune: table });
      // densities of their own, so that no two layers share a key
      const density = grid.layers.map((_, l) => 2 ** -l);
      const choose = (): ReadonlySet<number> => tunedLayers(grid, request, table, images, new Set(), density);
      choose();
      const wanted = new Set<number>();
      for (const l of grid.layers.keys()) {
        const key = layerKey(grid, request, l, density, 2);
        if (!table.has(key)) continue;
        const products = draw.next().value!;
        table.set(key, products ? { events: 2, products: 1 } : { events: 1, products: 2 });
        if (products) wanted.add(l);
      }
      assert.ok(table.size > 0);
      assert.deepEqual(choose(), wanted);
    }),
    { numRuns: 10 },
  );
});

test('a key says what decides the times, and nothing else', () => {
  const networks = [1, 2, 3, 4, 5, 6, 7, 8].map(
    (seed) => convert(randomTrainedNetwork(seed), { neuron: 'rest' }).snn,
  );
  const deep = networks.find(({ layers }) => layers.length > 3)!;
  const grid = quantisedToInt8(deep);
  const runtime = createRuntime({ workers: 2 });
  interface Change extends Partial<SimulateOptions> {
    readonly density?: number;
    readonly images?: number;
    readonly l?: number;
    readonly network?: SpikingNetwork;
  }
  const key = ({ density = 0.5, images = 16, l = 1, network = grid, ...change }: Change): string => {
    const request = requestOf(network, { steps: 2, schedule: 'layered', engine: 'auto', ...change });
    return layerKey(
      network,
      request,
      l,
      network.layers.map(() => density),
      images,
    );
  };
  const [first, second, ...others] = grid.layers;
  const changed = (change: Partial<Synapses>): SpikingNetwork => {
    const inputs = second!.inputs.map((s, i) => (i === 0 ? { ...s, ...change } : s));
    return { ...grid, layers: [first!, { ...second!, inputs }, ...others] };
  };
  const changes: Change[] = [
    ...[{}, { steps: 3 }, { schedule: 'settling' as const }, { density: 0.25 }, { images: 3 }, { l: 2 }],
    ...[{ runtime }, { record: { membrane: true } }, { record: { counts: true } }],
    { schedule: 'settling', record: { currents: true } },
    { network: { ...grid, neuron: half } },
    { network: exactNetwork(deep, 2) },
    {
      network: changed({
        maxPool: { window: 1, stride: 1, padding: 0 },
        pool: { window: 1, stride: 1, padding: 0 },
      }),
    },
  ];
  try {
    const same = changes.slice(0, -1);
    assert.equal(new Set(same.map(key)).size, same.length);
    assert.equal(key(changes.at(-1)!), key({}), 'windows of one place are none');
    assert.equal(key({ density: 0.51 }), key({}), 'densities of the same class');
    assert.match(
      key({}),
      /^\d+x\d+ \d+x\d+x\d+ to \d+x\d+x\d+.* at about 50 %.*, int8 grid, int8, rest, T 2, 1 threads, 16 images$/,
    );
  } finally {
    runtime.close();
  }
});

test('windows over which spikes are averaged: their size, stride, border and map are in the key', () => {
  const keys = [
    [3, 3, 0, 12],
    [3, 2, 0, 9],
    [3, 1, 0, 6],
    [3, 1, 1, 4],
    [2, 2, 0, 8],
  ].map(([window, stride, padding, side]) => {
    const network = pooledTo4x4({ window: window!, stride: stride!, padding: padding! }, side!);
    const request = requestOf(network, { steps: 2, engine: 'auto' });
    return layerKey(network, request, 1, [0.5, 0.5, 0], 16);
  });
  assert.equal(new Set(keys).size, keys.length);
});

/** A map of this side, its means over windows in one channel of 4 x 4, and a readout. */
function pooledTo4x4(pool: PoolWindow, side: number): SpikingNetwork {
  const ones = (length: number): Float32Array<ArrayBuffer> => new Float32Array(length).fill(1);
  const plain = { kind: 'conv2d', kernel: 1, stride: 1, padding: 0, pool: 1 } as const;
  const layer = (name: string, shape: MapShape, synapses: Synapses): SpikingLayer => ({
    ...{ name, shape, theta: ones(1), bias: new Float32Array(shape[2]), inputs: [synapses] },
  });
  return {
    ...quantisedToInt8(convert(randomTrainedNetwork(1), { neuron: 'rest' }).snn),
    ...{ input: [side, side, 1], classes: 2 },
    layers: [
      layer('first', [side, side, 1], { ...plain, from: -1, weight: ones(1) }),
      layer('second', [4, 4, 1], { ...plain, from: 0, pool, weight: ones(1) }),
      layer('last', [1, 1, 2], { ...plain, kind: 'linear', from: 1, weight: ones(32) }),
    ],
  };
}
