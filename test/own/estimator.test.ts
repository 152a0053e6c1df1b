/** @file An energy estimator of one's own is an object like strelu's: `estimateEnergy` and `breakEven` take it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  breakEven,
  convert,
  countOperations,
  type Estimator,
  estimateEnergy,
  simulate,
} from '../../src/index.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

// what a user writes
const mine: Estimator = {
  name: 'my-chip',
  source: 'data sheet, table 3',
  boundary: 'synapses only',
  annMac: 3e-12,
  snnMac: 2e-12,
  snnAc: 1e-12,
  membraneAdd: 0.5e-12,
};

test('its figures are what the counts are multiplied with', () => {
  const network = randomTrainedNetwork(3);
  const { snn } = convert(network);
  const steps = 4;
  const record = { counts: true, spikes: true };
  const result = simulate(snn, randomImages(network, 2, 3), { steps, record });
  const counts = countOperations(snn, result);
  const energy = estimateEnergy(mine, counts);
  assert.ok(counts.snnAc[steps - 1]! > 0, 'some spikes');
  assert.equal(energy.annJoule, 3e-12 * counts.annMac);
  assert.deepEqual(
    energy.snnJoule,
    counts.snnAc.map((ac) => 2e-12 * counts.snnMac + 1e-12 * ac),
  );
  assert.deepEqual(
    energy.membraneJoule,
    counts.membraneUpdates.map((count) => 0.5e-12 * count),
  );
  assert.equal(breakEven(mine), 3);
});
