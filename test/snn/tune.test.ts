/** @file Layers timed on this machine: whatever is faster, the answers are those of the definition; on no grid nothing is timed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { TUNING_IMAGES, tunedLayers } from '../../src/snn/engines/tuned-layers.ts';
import { requestOf } from '../../src/snn/request.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
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

test('refused on no grid, and for another engine', () => {
  const trained = randomTrainedNetwork(1);
  const { snn } = convert(trained, { neuron: 'half' });
  const images = randomImages(trained, 1, 1);
  assert.throws(
    () => simulate(snn, images, { steps: 2, engine: 'auto', tune: true }),
    /^UsageError: tune: expected a network on a grid, .* found .* on none; convert it with --grid/,
  );
  for (const engine of ['events', 'products', 'reference'] as const)
    assert.throws(
      () => simulate(quantisedToInt8(snn), images, { steps: 2, engine, tune: true }),
      /^UsageError: tune: layers are timed for engine auto, found engine/,
    );
});
