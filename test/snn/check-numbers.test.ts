/** @file A network whose current could leave float32 is refused, one that just fits is not; on the int8 grid all is whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNumbers } from '../../src/snn/check-numbers.ts';
import type { SpikingLayer, SpikingNetwork } from '../../src/snn/network.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { rest } from '../../src/snn/neurons/rest.ts';

const LARGEST = 3.4028234663852886e38; // FLT_MAX
const linear = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;

/** One hidden channel of threshold `theta`, a readout with two weights of one pixel each. */
function network(first: Partial<SpikingLayer>, last: Partial<SpikingLayer> = {}): SpikingNetwork {
  const layers: SpikingLayer[] = [
    {
      name: 'a',
      shape: [1, 1, 1],
      theta: Float32Array.of(1),
      bias: Float32Array.of(0),
      inputs: [{ ...linear, from: -1, weight: Float32Array.of(1) }],
      ...first,
    },
    {
      name: 'r',
      shape: [1, 1, 1],
      theta: new Float32Array(0),
      bias: Float32Array.of(0),
      inputs: [{ ...linear, from: 0, weight: Float32Array.of(1) }],
      ...last,
    },
  ];
  return {
    name: 'n',
    input: [1, 1, 1],
    classes: 1,
    neuron: half,
    initialPotential: 0,
    provenance: {},
    layers,
  };
}

const reading = (from: number, ...weight: number[]) => ({
  inputs: [{ ...linear, from, weight: Float32Array.from(weight) }],
});
const refused = (one: SpikingNetwork, message: RegExp): void =>
  assert.throws(() => checkNumbers(one), { name: 'InputError', message });

test('currents up to the largest float32 pass, weights and bias together beyond it do not', () => {
  for (const fits of [
    network(reading(-1, LARGEST)),
    network({ bias: Float32Array.of(LARGEST / 2), ...reading(-1, LARGEST / 2) }),
    network({ theta: Float32Array.of(2) }, reading(0, LARGEST / 2)),
  ])
    assert.equal(checkNumbers(fits), fits);
  refused(network(reading(-1, -LARGEST / 2, LARGEST * 0.75)), /^a: expected currents below 3.40e\+38/);
  refused(
    network({ bias: Float32Array.of(-LARGEST / 2), ...reading(-1, LARGEST * 0.75) }),
    /^a: expected currents/,
  );
  refused(network({ theta: Float32Array.of(2) }, reading(0, LARGEST * 0.75)), /^r: expected currents/);
  refused(
    network({}, { bias: Float32Array.of(LARGEST), ...reading(0, LARGEST / 2) }),
    /^r: expected currents/,
  );
});

test('thresholds, biases, weights and scales: what is not a good number is named with its place', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    refused(
      network({ theta: Float32Array.of(bad) }),
      /^a: expected thresholds above 0, found (NaN|Infinity) at 0/,
    );
    refused(network({ bias: Float32Array.of(bad) }), /^a: expected finite biases/);
    refused(network(reading(-1, bad)), /^a: expected finite weights/);
    refused(network({ scale: Float32Array.of(bad) }), /^a: expected scales above 0/);
  }
  for (const bad of [0, -1]) {
    refused(network({ theta: Float32Array.of(bad) }), /thresholds above 0/);
    refused(network({ scale: Float32Array.of(bad) }), /scales above 0/);
  }
});

test('int8: whole thresholds, biases and weights of spikes; sums that an int32 holds; the image is free', () => {
  const int8 = (first: Partial<SpikingLayer>, last: Partial<SpikingLayer> = {}): SpikingNetwork => ({
    ...network({ scale: Float32Array.of(0.5), ...first }, { scale: Float32Array.of(0.25), ...last }),
    grid: { kind: 'int8', per: 'channel' },
  });
  assert.ok(checkNumbers(int8(reading(-1, 0.3))));
  refused(
    int8({ theta: Float32Array.of(1.5) }),
    /^a: expected whole numbers on the int8 grid, found 1.5 at 0/,
  );
  refused(int8({ bias: Float32Array.of(0.5) }), /^a: expected whole/);
  refused(int8({}, reading(0, 2, 0.25)), /^r: expected whole numbers on the int8 grid, found 0.25 at 1/);
  assert.ok(checkNumbers(int8({}, reading(0, 2 ** 30))));
  refused(int8({}, reading(0, 2 ** 31)), /^r: expected currents below 2.15e\+9/);
  refused(int8({}, { scale: Float32Array.of(LARGEST), ...reading(0, 2) }), /^r: expected currents/);
});

test('int8: a weight adds once for each place of its pool that sends', () => {
  const pooled = (weight: number): SpikingNetwork => ({
    ...network(
      { shape: [2, 2, 1], scale: Float32Array.of(0.5) },
      {
        scale: Float32Array.of(0.25),
        inputs: [{ ...linear, from: 0, pool: 2, weight: Float32Array.of(weight) }],
      },
    ),
    grid: { kind: 'int8', per: 'channel' },
  });
  assert.ok(checkNumbers(pooled(2 ** 28)));
  refused(pooled(2 ** 29), /^r: expected currents below 2.15e\+9, found weights that add up to 2.15e\+9/);
});

test('a neuron that sends two spikes in a step adds its weight twice', () => {
  const twice = (weight: number): SpikingNetwork => ({ ...network({}, reading(0, weight)), neuron: rest });
  assert.ok(checkNumbers(twice(LARGEST / 2)));
  refused(twice(LARGEST * 0.75), /^r: expected currents/);
});
