/** @file What all transforms have in common: a network goes in and stays as it is, another comes out and runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import {
  exactNetwork,
  onDyadicGrid,
  quantisedToInt8,
  restCoded,
  withUnitThresholds,
} from '../../../src/convert/transforms/index.ts';
import { decodeSnn, encodeSnn } from '../../../src/format/snn-format.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const TRANSFORMS: Readonly<Record<string, (network: SpikingNetwork) => SpikingNetwork>> = {
  restCoded,
  withUnitThresholds,
  onDyadicGrid: (network) => onDyadicGrid(network, { steps: 2 }),
  exactNetwork: (network) => exactNetwork(network, 2),
  quantisedToInt8: (network) => quantisedToInt8(network, 'layer'),
};
const GRIDS: Readonly<Record<string, SpikingNetwork['grid']>> = {
  onDyadicGrid: { kind: 'dyadic', steps: 2, imageBits: 6 },
  exactNetwork: { kind: 'dyadic', steps: 2, imageBits: 6 },
  quantisedToInt8: { kind: 'int8', per: 'layer' },
};
const seeds = fc.integer({ min: 0, max: 1e6 });

for (const [name, transform] of Object.entries(TRANSFORMS)) {
  test(`${name}: leaves its network alone, says its grid and nothing in the provenance, and what it gives runs`, () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const trained = randomTrainedNetwork(seed, { dyadic: false });
        const { snn } = convert(trained);
        const before = encodeSnn(snn);
        const after = transform(snn);
        assert.deepEqual(encodeSnn(snn), before);
        assert.deepEqual(after.grid, GRIDS[name]);
        assert.deepEqual(after.provenance, snn.provenance);
        assert.deepEqual(
          after.layers.map((layer) => [layer.name, layer.shape]),
          snn.layers.map((layer) => [layer.name, layer.shape]),
        );
        const { logits } = simulate(after, randomImages(trained, 1, seed, false), { steps: 2 });
        assert.ok(logits.every(Number.isFinite));
      }),
      { numRuns: 15 },
    );
  });

  test(`${name}: off the dyadic grid, and refused on the int8 grid`, () => {
    // without identities, which may keep thresholds, and so a network, as they are
    const { snn } = convert(randomTrainedNetwork(2, { dyadic: false }));
    assert.deepEqual(transform(onDyadicGrid(snn, { steps: 5 })).grid, GRIDS[name]);
    assert.throws(
      () => transform(quantisedToInt8(snn)),
      /^InputError: random2: .* on the int8 grid already; transform the original$/,
    );
  });
}

test('a network of the int8 grid can be kept in a file, identities and units included', () => {
  let identities = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const trained = randomTrainedNetwork(seed, { dyadic: false });
      const network = quantisedToInt8(convert(trained).snn);
      if (network.layers.some(({ inputs }) => inputs.some(({ kind }) => kind === 'identity'))) identities++;
      assert.deepEqual(decodeSnn(encodeSnn(network), 'f'), network);
    }),
    { numRuns: 40 },
  );
  assert.ok(identities > 3, `${identities}`);
});
