/** @file Layers timed on this machine: whatever is faster, the answers are those of the definition; on no grid nothing is timed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import { layerKey } from '../../src/snn/engines/layer-key.ts';
import { TUNING_IMAGES, tunedLayers } from '../../src/snn/engines/tuned-layers.ts';
import { synapseGeometry } from '../../src/snn/geometry.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { requestOf } from '../../src/snn/request.ts';
import { isProduct } from '../../src/snn/simd/row-memory.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { Schedule } from '../../src/snn/simulation.ts';
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

test('a key says what decides the times: another T, schedule, density, number of images or layer has another', () => {
  const grids = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
    quantisedToInt8(convert(randomTrainedNetwork(seed), { neuron: 'rest' }).snn),
  );
  const grid = grids.find(({ layers }) => layers.length > 3)!;
  const key = (change: {
    steps?: number;
    schedule?: Schedule;
    density?: number;
    images?: number;
    l?: number;
  }): string => {
    const { steps = 2, schedule = 'layered', density = 0.5, images = 16, l = 1 } = change;
    const request = requestOf(grid, { steps, schedule, engine: 'auto' });
    return layerKey(
      grid,
      request,
      l,
      grid.layers.map(() => density),
      images,
    );
  };
  const changes = [
    {},
    { steps: 3 },
    { schedule: 'settling' },
    { density: 0.25 },
    { images: 3 },
    { l: 2 },
  ] as const;
  assert.equal(new Set(changes.map(key)).size, changes.length);
  assert.equal(key({ density: 0.51 }), key({}), 'densities of the same class');
  assert.match(
    key({}),
    /^\d+x\d+ \d+x\d+x\d+ to \d+x\d+x\d+.* at 50\.0 %, int8 grid, rest, T 2, 1 threads, 16 images$/,
  );
});
