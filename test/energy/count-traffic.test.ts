/** @file Bytes moved: what one look at every synapse, spike and neuron adds up to. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countOperations } from '../../src/energy/count-operations.ts';
import { countTraffic, type SnnTraffic, widthsOf } from '../../src/energy/count-traffic.ts';
import { MEMORIES, memoryEnergy } from '../../src/energy/memories.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { full } from '../../src/snn/neurons/full.ts';
import { plainSynapses } from '../../src/snn/plain-synapses.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulationResult } from '../../src/snn/simulation.ts';
import { type NetworkCase, networkCases } from '../support/network-cases.ts';

const cases = networkCases({ neurons: ['full', 'half', 'unipolar', 'tracer'] });
const run = ({ network, image, steps }: NetworkCase): SimulationResult =>
  simulate(network, image, { steps, schedule: 'streaming', record: { spikes: true } });

/** Words, counted one by one up to step `last`: taps of output (y, x) that lie in the source's pooled map. */
function bruteForce({ network }: NetworkCase, result: SimulationResult, last: number) {
  const words = { ann: 0, image: 0, behind: 0, weights: 0, spikes: 0, pixels: 0 };
  network.layers.forEach((layer) => {
    const [height, width, channels] = layer.shape;
    const sources = new Set<number>();
    for (const { from, kind, kernel, stride, padding, pool, weight } of layer.inputs.map(plainSynapses)) {
      const source = from < 0 ? network.input : network.layers[from]!.shape;
      const spikes = from < 0 ? null : result.record[from]!.spikes!;
      const map = [Math.floor(source[0] / pool), Math.floor(source[1] / pool)] as const;
      if (kind !== 'identity') words.weights += weight.length;
      if (!sources.has(from)) {
        sources.add(from);
        if (from < 0) words.pixels += source[0] * source[1] * source[2];
        else words.spikes += sum(spikes!.subarray(0, (last + 1) * source[0] * source[1] * source[2]));
      }
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let py = 0; py < map[0]; py++)
            for (let px = 0; px < map[1]; px++) {
              const [ky, kx] = [py - y * stride + padding, px - x * stride + padding];
              if (kind === 'identity' ? py !== y || px !== x : kind === 'conv2d' && out(ky, kx, kernel))
                continue;
              const targets = kind === 'identity' ? 1 : channels;
              const reads = kind === 'identity' ? 0 : source[2] * channels;
              words.ann += reads;
              if (from < 0) words.image += reads;
              if (!spikes) continue;
              for (let t = 0; t <= last; t++)
                for (let dy = 0; dy < pool; dy++)
                  for (let dx = 0; dx < pool; dx++) {
                    const at = ((t * source[0] + py * pool + dy) * source[1] + px * pool + dx) * source[2];
                    words.behind += targets * sum(spikes.subarray(at, at + source[2]));
                  }
            }
    }
  });
  for (const { spikes } of result.record)
    if (spikes) words.spikes += sum(spikes.subarray(0, ((last + 1) * spikes.length) / result.steps));
  return words;
}

const out = (ky: number, kx: number, kernel: number): boolean =>
  ky < 0 || kx < 0 || ky >= kernel || kx >= kernel;
const sum = (spikes: Int8Array): number => spikes.reduce((total, s) => total + Math.abs(s), 0);

test('every word that moves is counted once, in ANN and SNN', () => {
  fc.assert(
    fc.property(cases, fc.nat(), (sample, at) => {
      const { network, steps } = sample;
      const last = at % steps;
      const result = run(sample);
      const { ann, snn } = countTraffic(network, result);
      const words = bruteForce(sample, result, last);
      assert.equal(ann.weights, 4 * words.ann);
      assert.equal(ann.weightsIdeal, 4 * words.weights);
      assert.equal(snn.weights[last], 4 * (words.image + words.behind));
      assert.equal(snn.spikes[last], 4 * (words.spikes + words.pixels));
      const all = network.layers.reduce((n, { shape }) => n + shape[0] * shape[1] * shape[2], 0);
      assert.equal(snn.potentials[last], 4 * 2 * all * (last + 1));
      // ideal: what reads the image once, the rest at most once in each step
      let least = wordsFrom(network, -1);
      for (let t = 0; t <= last; t++)
        result.layers.forEach(({ accumulates }, l) => {
          least += Math.min(accumulates[t]!, wordsFrom(network, l));
        });
      assert.equal(snn.weightsIdeal[last], 4 * least);
    }),
    { numRuns: 60 },
  );
});

test('a 2x2 image, two neurons, one class: the whole table by hand', () => {
  const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const layer = { shape: [1, 1, 2], theta: Float32Array.of(1), bias: Float32Array.of(1, 0) } as const;
  const network = {
    name: 'n',
    input: [2, 2, 1],
    classes: 1,
    neuron: full,
    initialPotential: 0,
    provenance: {},
    layers: [
      { ...layer, name: 'l', inputs: [{ ...linear, from: -1, weight: new Float32Array(8) }] },
      {
        name: 'r',
        shape: [1, 1, 1],
        theta: new Float32Array(0),
        bias: Float32Array.of(0.5),
        inputs: [{ ...linear, from: 0, weight: Float32Array.of(1, 1) }],
      },
    ],
  } as const;
  const result = simulate(network, new Float32Array(4), { steps: 2 });
  const { ann, snn, widths } = countTraffic(network, result);
  assert.deepEqual(widths, { weight: 4, activation: 4, potential: 4, spike: 4 });
  // image read (4), map written and read (2 + 2), logit written (1)
  assert.deepEqual(ann, { weights: 40, weightsIdeal: 40, activations: 36, constants: 8 });
  // the neuron with the bias fires at each step: one synapse each time, of two weights
  assert.deepEqual(snn, {
    weights: [36, 40],
    weightsIdeal: [36, 40],
    spikes: [16 + 8, 16 + 16],
    constants: [4 * (2 + 3), 4 * (2 + 6)],
    potentials: [24, 48],
  });
});

test('twice the spikes move twice the weights and addresses, and nothing else more; more images change no mean', () => {
  fc.assert(
    fc.property(cases, (sample) => {
      const { network } = sample;
      const result = run(sample);
      const silent = { ...result, layers: scaled(result, 0) };
      const [none, once, twice] = [silent, result, { ...result, layers: scaled(result, 2) }].map(
        (each) => countTraffic(network, each, countOperations(network, each)).snn,
      );
      for (const key of ['weights', 'spikes'] as const)
        once![key].forEach((value, t) => {
          assert.equal(twice![key][t]! - value, value - none![key][t]!);
        });
      for (const key of ['constants', 'potentials'] as const) assert.deepEqual(once![key], twice![key]);
      const both = run({ ...sample, image: Float32Array.from([...sample.image, ...sample.image]) });
      assert.deepEqual(countTraffic(network, both), countTraffic(network, result));
    }),
    { numRuns: 60 },
  );
});

const scaled = (result: SimulationResult, factor: number): SimulationResult['layers'] =>
  result.layers.map((layer) => ({
    ...layer,
    spikes: layer.spikes.map((s) => factor * s),
    accumulates: layer.accumulates.map((a) => factor * a),
  }));

test('an ideal cache never reads more than no cache, and never more than every weight at every step', () => {
  fc.assert(
    fc.property(cases, (sample) => {
      const { network } = sample;
      const { ann, snn } = countTraffic(network, run(sample));
      const behind = 4 * network.layers.reduce((total, _, l) => total + wordsFrom(network, l), 0);
      for (let t = 1; t < sample.steps; t++) {
        const step = (key: 'weights' | 'weightsIdeal'): number => snn[key][t]! - snn[key][t - 1]!;
        assert.ok(step('weightsIdeal') <= Math.min(step('weights'), behind));
      }
      const grows = (key: keyof SnnTraffic): boolean =>
        snn[key].every((value, t) => t === 0 || value >= snn[key][t - 1]!);
      for (const key of Object.keys(snn) as (keyof SnnTraffic)[]) assert.ok(grows(key), key);
      for (const memory of MEMORIES) {
        const energy = memoryEnergy(memory, { widths: widthsOf(network), ann, snn });
        const all = ann.weights + ann.activations + ann.constants;
        assert.ok(Math.abs(energy.annJoule - memory.byte * all) <= 1e-12 * energy.annJoule);
        energy.snnJoule.forEach((joule, t) => {
          const lessWeights = joule - memory.byte * (snn.weights[t]! - snn.weightsIdeal[t]!);
          assert.ok(Math.abs(energy.snnIdealJoule[t]! - lessWeights) <= 1e-12 * joule);
        });
      }
    }),
    { numRuns: 40 },
  );
});

/** Numbers that a source's spikes, or the image, are multiplied with. */
const wordsFrom = (network: SpikingNetwork, source: number): number =>
  network.layers.reduce(
    (total, { inputs, shape }) =>
      inputs.reduce((n, { from, kind, weight }) => {
        if (from !== source) return n;
        return n + (kind === 'identity' ? shape[2] : weight.length);
      }, total),
    0,
  );

test('the int8 grid has weights of one byte', () => {
  fc.assert(
    fc.property(cases, (sample) => {
      const { network } = sample;
      const result = run(sample);
      const [wide, narrow] = [network, { ...network, grid: { kind: 'int8', per: 'channel' } } as const].map(
        (each) => countTraffic(network, result, countOperations(network, result), widthsOf(each)),
      );
      assert.equal(narrow!.ann.weights * 4, wide!.ann.weights);
      assert.deepEqual(narrow!.snn.potentials, wide!.snn.potentials);
    }),
    { numRuns: 10 },
  );
});
