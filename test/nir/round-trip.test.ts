/**
 * @file The law of the export: on numbers that no sum rounds, a reader that adds in any order sends the spikes of strelu's engine, step
 * by step; and the import gives back a network with the same spikes whatever its numbers.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { channelsFirst } from '../../src/format/channels-first.ts';
import { exportNir } from '../../src/nir/export/export-nir.ts';
import { importNir } from '../../src/nir/import/import-nir.ts';
import { unscaledWeights } from '../../src/nir/import/unscaled-weights.ts';
import { justAbove, justBelow } from '../../src/nir/next-float.ts';
import { mapSize } from '../../src/nn/architecture.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
import { networkCases } from '../support/network-cases.ts';
import { randomImages, randomSpikingNetwork, randomTrainedNetwork } from '../support/random-network.ts';
import { runGraph } from './interpreter.ts';

const SAID = ['full', 'half', 'unipolar', 'leaky', 'burst', 'reset-to-zero'];

/** The graph, or null: a convolution that makes a map of a vector is the one thing of a random network that NIR cannot say. */
function exported(network: SpikingNetwork): ReturnType<typeof exportNir> | null {
  try {
    return exportNir(network);
  } catch (error) {
    assert.ok(error instanceof InputError && /a map of .* of a vector/.test(error.message), String(error));
    return null;
  }
}

test('an interpreter of the exported graph sends the spikes of the engine, step by step', () => {
  let compared = 0;
  fc.assert(
    fc.property(networkCases({ neurons: SAID, maxSteps: 6 }), ({ network, image, steps }) => {
      const graph = exported(network);
      if (!graph) return;
      compared++;
      const order = channelsFirst(network.input);
      const pixels = new Float32Array(image.length);
      for (let i = 0; i < pixels.length; i++) pixels[order[i]!] = image[i]!;
      const answer = runGraph(graph, pixels, steps);
      const { record } = simulate(network, image, { steps, record: { spikes: true, currents: true } });
      for (const [l, { name, shape }] of network.layers.slice(0, -1).entries()) {
        const neurons = mapSize(shape);
        const sent = new Int8Array(neurons * steps);
        const back = channelsFirst(shape);
        const events = new Map(answer.spikes[name]!.map(([t, at, s]) => [t * neurons + at, s]));
        for (let t = 0; t < steps; t++)
          for (let i = 0; i < neurons; i++) sent[t * neurons + i] = events.get(t * neurons + back[i]!) ?? 0;
        assert.deepEqual(sent, record[l]!.spikes, name);
      }
      assert.deepEqual(Float32Array.from(answer.outputs.flat()), record.at(-1)!.currents);
    }),
    { numRuns: 60 },
  );
  assert.ok(compared > 40, `${compared}`);
});

test('strelu -> NIR -> strelu: the same spikes and logits, on any numbers', () => {
  for (const neuron of SAID)
    for (const [seed, dyadic] of [
      [1, true],
      [2, false],
      [3, false],
    ] as const) {
      const trained = randomTrainedNetwork(seed, { dyadic });
      const network = randomSpikingNetwork(trained, neuron, dyadic);
      const { snn, report } = importNir(exportNir(network), 'again.nir');
      assert.equal(report.roundedWeights, 0);
      assert.equal(snn.neuron, network.neuron);
      assert.equal(snn.initialPotential, network.initialPotential);
      const images = randomImages(trained, 2, seed, dyadic);
      const request = { steps: 5, record: { spikes: true } };
      const names = (one: SpikingNetwork): string[] => one.layers.map(({ name }) => name);
      assert.deepEqual(names(snn), names(network));
      assertSameRun(simulate(snn, images, request), simulate(network, images, request));
    }
});

test('the float32 numbers beside a number have no float32 between', () => {
  fc.assert(
    fc.property(
      fc.float({ noNaN: true, noDefaultInfinity: true, max: Math.fround(1e38), min: -Math.fround(1e38) }),
      (x) => {
        const [below, above] = [justBelow(x), justAbove(x)];
        assert.ok(below < x && x < above);
        assert.ok([below, x].includes(Math.fround((below + x) / 2)) || x === 0);
        assert.ok([above, x].includes(Math.fround((above + x) / 2)) || x === 0);
        assert.equal(x === 0 ? 0 : justAbove(below), x === 0 ? 0 : x);
      },
    ),
  );
});

test('unscaledWeights finds a number whose product is the given one, wherever there is one', () => {
  const float = fc.float({ noNaN: true, min: Math.fround(1e-3), max: 1e3 });
  fc.assert(
    fc.property(float, float, (weight, height) => {
      const product = Math.fround(weight * height);
      const found = unscaledWeights([product], () => height);
      assert.equal(found.rounded, 0);
      assert.equal(Math.fround(found.weight[0]! * height), product);
    }),
  );
  // 1.5 + 2^-23 is no float32 times 1 + 2^-23
  assert.equal(unscaledWeights([1.5 + 2 ** -23], () => 1 + 2 ** -23).rounded, 1);
});
