/** @file Layers timed on this machine: whatever is faster, the answers are those of the definition; on no grid nothing is timed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import { TUNING_IMAGES, tunedLayers } from '../../src/snn/engines/tuned-layers.ts';
import { synapseGeometry } from '../../src/snn/geometry.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { requestOf } from '../../src/snn/request.ts';
import { isProduct } from '../../src/snn/simd/row-memory.ts';
import { simulate } from '../../src/snn/simulate.ts';
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
        const timed = simulate(network, images, { ...way, engine: 'auto', tune: true });
        assert.match(timed.method, /^auto \(timed here: (products in .+|events in all layers)\), /);
        assertSameRun(timed, simulate(network, images, { ...way, engine: 'reference' }));
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
  const request = requestOf(large, { steps: 8, engine: 'auto', tune: true });
  for (const priced of [new Set<number>(), new Set(large.layers.keys())])
    assert.deepEqual(tunedLayers(large, request, images, priced), priced);
});

test('only layers in which something is multiplied are named', () => {
  fc.assert(
    fc.property(architectureCases({ wide: true }), fc.constantFrom('half', 'rest'), ({ network }, neuron) => {
      const found = convertedOrRefused(network, neuron);
      if (!found) return;
      const grid = quantisedToInt8(found);
      const images = new Float32Array(mapSize(grid.input)).fill(0.5);
      const request = requestOf(grid, { steps: 2, schedule: 'layered', engine: 'auto', tune: true });
      for (const l of tunedLayers(grid, request, images, new Set())) {
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
  const tuned = { steps: 2, engine: 'auto', tune: true } as const;
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
});
