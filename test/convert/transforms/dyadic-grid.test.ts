/** @file On the dyadic grid nothing is ever rounded: real weights, snapped, and the exact modes equal the quantised network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { onDyadicGrid, snapImages } from '../../../src/convert/transforms/dyadic-grid.ts';
import { quantisedToInt8 } from '../../../src/convert/transforms/int8.ts';
import { certify } from '../../../src/proof/bounds/certify.ts';
import { checkConservation } from '../../../src/proof/laws/check-conservation.ts';
import { traceLayer } from '../../../src/proof/laws/trace-layer.ts';
import { runFolded } from '../../../src/proof/networks/run-folded.ts';
import { runQuantised } from '../../../src/proof/networks/run-quantised.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { neuronNamed } from '../../../src/snn/neurons/index.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { oracleOf } from '../../support/oracle/from-spiking.ts';
import { oracleRun, rationals } from '../../support/oracle/network.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';
import { sameAsOracle } from '../../support/same-as-oracle.ts';

const record = { spikes: true, membrane: true, currents: true, counts: true };
const seeds = fc.integer({ min: 0, max: 1e6 });
const stepCounts = fc.integer({ min: 1, max: 16 });

function gridCase(seed: number, neuron: string, steps: number) {
  const trained = randomTrainedNetwork(seed, { dyadic: false, batchNorm: true });
  const { snn } = convert(trained, { neuron });
  const images = randomImages(trained, 1, seed, false);
  return { snn, network: onDyadicGrid(snn, { steps }), images, image: snapImages(images) };
}

test('settling runs: every count and logit is exactly the quantised network, and conservation has no residual', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom('half', 'tracer'), stepCounts, (seed, neuron, steps) => {
      const { network, image } = gridCase(seed, neuron, steps);
      const ideal = runQuantised(network, image, steps);
      for (const engine of ['reference', 'events'] as const) {
        const result = simulate(network, image, { steps, record, engine, schedule: 'settling' });
        result.record.slice(0, -1).forEach(({ counts }, l) => {
          assert.deepEqual([...counts!], [...ideal.counts[l]!]);
        });
        const logits = result.logits.subarray(-network.classes);
        ideal.logits.forEach((logit, c) => {
          assert.equal(logits[c], Math.fround(logit));
        });
        network.layers.slice(0, -1).forEach((_, l) => {
          const { exact, neurons } = checkConservation(traceLayer(network, result, l, 0));
          assert.equal(exact, neurons);
        });
      }
    }),
    { numRuns: 40 },
  );
});

test('streaming runs equal rational arithmetic, spike for spike', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom('half', 'full'),
      fc.integer({ min: 1, max: 5 }),
      (seed, neuron, steps) => {
        const { network, image } = gridCase(seed, neuron, steps);
        const result = simulate(network, image, { steps, record, engine: 'reference' });
        sameAsOracle(result, oracleRun(oracleOf(network), rationals(image), steps));
      },
    ),
    { numRuns: 20 },
  );
});

test('the dyadic grid is fine: logits move by little', () => {
  for (let seed = 0; seed < 40; seed++) {
    const { snn, network, images, image } = gridCase(seed, 'half', 8);
    const [before, after] = [runFolded(snn, images).logits, runFolded(network, image).logits];
    const size = before.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
    before.forEach((logit, c) => {
      assert.ok(Math.abs(logit - after[c]!) < 0.2 * size);
    });
  }
});

test('no bias on the grid is -0', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { snn } = gridCase(seed, 'half', 8);
    const tiny = {
      ...snn,
      layers: snn.layers.map((layer) => ({ ...layer, bias: layer.bias.map(() => -1e-30) })),
    };
    for (const { bias } of onDyadicGrid(tiny, { steps: 8 }).layers)
      assert.ok(bias.every((value) => Object.is(value, 0)));
  }
});

/** One pixel into one neuron, which goes to a readout of one class. */
function chain(weight: number, bias: number, theta: number): SpikingNetwork {
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const inner = {
    name: 'a',
    shape: [1, 1, 1],
    theta: Float32Array.of(theta),
    bias: Float32Array.of(bias),
  } as const;
  const readout = {
    name: 'r',
    shape: [1, 1, 1],
    theta: new Float32Array(0),
    bias: Float32Array.of(bias),
  } as const;
  return {
    ...{ name: 'n', input: [1, 1, 1], classes: 1, neuron: neuronNamed('half'), initialPotential: 0 },
    provenance: {},
    layers: [
      { ...inner, inputs: [{ ...linear, from: -1, weight: Float32Array.of(weight) }] },
      { ...readout, inputs: [{ ...linear, from: 0, weight: Float32Array.of(weight) }] },
    ],
  };
}

test('the grid is as fine as 23 bits allow for T of the largest currents, in any unit: large, small, and far below 1', () => {
  const part = fc.double({ min: 0.01, max: 1, noNaN: true });
  const signed = fc.integer({ min: -1e6, max: 1e6 }).map((millionths) => millionths / 1e6);
  fc.assert(
    fc.property(
      signed,
      signed,
      part,
      fc.integer({ min: -12, max: 4 }),
      stepCounts,
      (w, b, t, exponent, steps) => {
        const unit = 2 ** exponent;
        const [weight, bias, theta] = [w * unit, b * unit, t * unit].map(Math.fround) as [
          number,
          number,
          number,
        ];
        fc.pre(weight !== 0 || bias !== 0);
        const thetaBits = 12 - exponent;
        const { layers } = onDyadicGrid(chain(weight, bias, theta), {
          steps,
          thetaBits,
          imageBits: 2,
          imageLimit: 4,
        });
        const near = (value: number, bits: number): number =>
          Math.fround(Math.round(value * 2 ** bits) / 2 ** bits);
        const height = layers[0]!.theta[0]!;
        assert.equal(height, Math.max(2 ** -thetaBits, near(theta, thetaBits)));
        // the pixel may be 4 and comes in steps of 1/4; a spike of the first layer weighs theta
        const bitsOf = (sum: number): number => 23 - Math.ceil(Math.log2(sum));
        const first = bitsOf(steps * (4 * Math.abs(weight) + Math.abs(bias)) + height);
        assert.equal(layers[0]!.bias[0], near(bias, first));
        assert.equal(layers[0]!.inputs[0]!.weight[0], near(weight, first - 2));
        const second = bitsOf(steps * (Math.fround(Math.abs(weight) * height) + Math.abs(bias)));
        assert.equal(layers[1]!.bias[0], near(bias, second));
        assert.equal(layers[1]!.inputs[0]!.weight[0], near(weight, second - thetaBits));
      },
    ),
    { numRuns: 300 },
  );
});

test('a readout of nothing but zeros stays what it is', () => {
  const { layers } = onDyadicGrid(chain(0, 0, 1), { steps: 8 });
  assert.deepEqual([...layers[1]!.bias, ...layers[1]!.inputs[0]!.weight], [0, 0]);
});

test('what has no grid is refused by name', () => {
  const { snn } = gridCase(3, 'half', 1);
  assert.throws(
    () => onDyadicGrid(snn, { steps: 2 ** 22 }),
    /^InputError: .*: expected sums below 2\^23 grid steps/,
  );
  assert.throws(() => snapImages(Float32Array.of(9)), /^InputError: image: expected numbers up to 8/);
});

test('int8 networks are on a grid of their own: exact modes and certificates hold there too', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom('half', 'tracer'),
      fc.integer({ min: 1, max: 8 }),
      (seed, neuron, steps) => {
        const trained = randomTrainedNetwork(seed, { dyadic: false });
        const network = quantisedToInt8(convert(trained, { neuron }).snn);
        const image = randomImages(trained, 1, seed, false);
        const ideal = runQuantised(network, image, steps);
        const result = simulate(network, image, { steps, record, engine: 'reference', schedule: 'settling' });
        result.record.slice(0, -1).forEach(({ counts }, l) => {
          assert.deepEqual([...counts!], [...ideal.counts[l]!]);
        });
        const foldedLogits = runFolded(network, image).logits;
        const streaming = simulate(network, image, {
          steps,
          record,
          engine: 'reference',
          schedule: 'streaming',
        });
        const { bounds } = certify(network, streaming, 0, { foldedLogits });
        foldedLogits.forEach((logit, c) => {
          const size = 1 + Math.abs(logit) + bounds[c]!;
          assert.ok(Math.abs(result.logits.at(c - network.classes)! - ideal.logits[c]!) < 1e-5 * size);
          assert.ok(Math.abs(streaming.logits.at(c - network.classes)! - logit) <= bounds[c]! + 1e-5 * size);
        });
      },
    ),
    { numRuns: 40 },
  );
});
