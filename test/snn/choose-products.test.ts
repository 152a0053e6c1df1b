/** @file The model of the engine auto: products where spikes are dense, never where there are none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import { chooseProducts } from '../../src/snn/simd/choose-products.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { convertedOrRefused } from '../support/converted-architecture.ts';
import { architectureCases } from '../support/random-architecture.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

const trained = randomTrainedNetwork(5);
const { snn } = convert(trained, { neuron: 'half' });

test('the denser the spikes, the more layers are products; without spikes none is', () => {
  fc.assert(
    fc.property(
      architectureCases({ wide: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      ({ network }, one, other) => {
        const found = convertedOrRefused(network, 'rest');
        if (!found) return;
        const at = (density: number): ReadonlySet<number> =>
          chooseProducts(
            found,
            { schedule: 'layered', steps: 4 },
            found.layers.map(() => density),
          );
        const [few, many] = [at(Math.min(one, other)), at(Math.max(one, other))];
        for (const l of few) assert.ok(many.has(l), `layer ${l}`);
        assert.equal(at(0).size, 0);
        // what reads the image alone receives no spikes
        for (const [l, { inputs }] of found.layers.entries())
          if (inputs.every(({ from }) => from < 0)) assert.ok(!many.has(l));
      },
    ),
    { numRuns: 60 },
  );
});

test('neurons that run on until they are silent are left to events', () => {
  const dense = snn.layers.map(() => 1);
  assert.ok(chooseProducts(snn, { schedule: 'layered', steps: 4 }, dense).size > 0);
  const tracer = convert(trained, { neuron: 'tracer' }).snn;
  assert.equal(chooseProducts(tracer, { schedule: 'settling', steps: 4 }, dense).size, 0);
  assert.ok(
    chooseProducts(exactNetwork(snn, 4), { schedule: 'settling', steps: 4 }, dense).size > 0,
    'half waits for its input',
  );
});

test('neurons that wait for all their steps take products at rarer spikes, the rarer the more steps there are', () => {
  const rare = snn.layers.map(() => 0.02);
  const at = (steps: number): ReadonlySet<number> =>
    chooseProducts(snn, { schedule: 'settling', steps }, rare);
  assert.ok(at(64).size > at(1).size);
  for (const l of at(4)) assert.ok(at(64).has(l), `layer ${l}`);
});

test('int8 asks for denser spikes than float32 on the same grid, unless its products are of bytes, which cost least', () => {
  const exact = exactNetwork(snn, 4);
  const int8 = quantisedToInt8(snn);
  const least = (network: typeof snn, l: number): number => {
    for (let density = 0; density < 4; density += 0.05)
      if (
        chooseProducts(
          network,
          { schedule: 'layered', steps: 4 },
          network.layers.map(() => density),
        ).has(l)
      )
        return density;
    return Number.POSITIVE_INFINITY;
  };
  const l = snn.layers.findIndex(({ inputs }) => inputs.some(({ from }) => from >= 0));
  const layer = { ...int8.layers[l]! };
  // a weight of 128 is no byte, and leaves the rest as it was
  const wide = { ...layer, inputs: layer.inputs.map((s) => ({ ...s, weight: s.weight.map(() => 128) })) };
  const plain = { ...int8, layers: int8.layers.with(l, wide) };
  assert.ok(least(plain, l) > least(exact, l));
  if (hasRelaxedSimd) assert.ok(least(int8, l) < least(exact, l));
});

test('the choice is that of the first two images, and is said', () => {
  const images = randomImages(trained, 6, 1);
  const [all, two] = [images, images.subarray(0, images.length / 3)].map(
    (some) => simulate(snn, some, { steps: 4, engine: 'auto' }).method,
  );
  assert.equal(all, two);
  assert.match(all!, /^auto \((products in .+|events in all layers)\), float32, simd, 1 lane$/);
});
