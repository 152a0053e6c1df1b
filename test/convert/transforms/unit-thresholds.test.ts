/** @file Thresholds of 1 give the same spikes, also where an identity joins layers; where it joins other thresholds nothing is changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withUnitThresholds } from '../../../src/convert/transforms/unit-thresholds.ts';
import type { SpikingNetwork, Synapses } from '../../../src/snn/network.ts';
import { half } from '../../../src/snn/neurons/half.ts';
import { simulate } from '../../../src/snn/simulate.ts';

const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
const from = (source: number, ...weight: number[]): Synapses => ({
  ...linear,
  from: source,
  weight: Float32Array.from(weight),
});

/** Two neurons read two pixels; two others read them through weights and an identity. */
function residual(first: number, second: number): SpikingNetwork {
  const identity: Synapses = { ...linear, kind: 'identity', from: 0, weight: new Float32Array(0) };
  const layer = (name: string, theta: number, ...inputs: Synapses[]) => ({
    name,
    shape: [1, 1, 2] as const,
    theta: Float32Array.of(...(theta === 0 ? [] : [theta])),
    bias: Float32Array.of(0.25, -0.5),
    inputs,
  });
  return {
    name: 'residual',
    input: [1, 1, 2],
    classes: 2,
    neuron: half,
    initialPotential: 0,
    provenance: {},
    layers: [
      layer('a', first, from(-1, 1, 0.5, -0.25, 2)),
      layer('b', second, from(0, 0.5, -1, 0.25, 0.5), identity),
      layer('r', 0, from(1, 1, 0, 0, 1)),
    ],
  };
}

test('an identity between equal thresholds stays, and every spike is the same', () => {
  const network = residual(2, 2);
  const unit = withUnitThresholds(network);
  assert.deepEqual(
    unit.layers.map(({ theta, inputs }) => [...theta, inputs.length]),
    [[1, 1], [1, 2], [1]],
  );
  const images = Float32Array.from({ length: 32 }, (_, i) => ((i * 7) % 16) / 4 - 2);
  const options = { steps: 6, record: { spikes: true } } as const;
  const [before, after] = [network, unit].map((one) => simulate(one, images, options));
  assert.deepEqual(
    after!.record.map(({ spikes }) => spikes),
    before!.record.map(({ spikes }) => spikes),
  );
  assert.deepEqual(after!.logits, before!.logits);
});

test('an identity between other thresholds has nothing that could absorb their ratio', () => {
  const network = residual(2, 4);
  assert.equal(withUnitThresholds(network), network);
});
