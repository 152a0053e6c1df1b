/** @file A conversion method of one's own is handed to `convert` itself; names are only for strelu's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConversionMethod, convert, NEURONS, UsageError } from '../../src/index.ts';
import { randomTrainedNetwork } from '../support/random-network.ts';

// what a user writes
const wider: ConversionMethod = {
  name: 'wider',
  source: 'my notes',
  activations: ['strelu'],
  neurons: NEURONS.filter(({ name }) => name === 'full'),
  needsCalibration: false,
  initialPotential: () => 0.25,
  thresholds: ({ weights }, { name }) =>
    Float32Array.from(weights.get(`${name}.theta`)!, (theta) => 1.5 * theta),
};

test('neuron, start and thresholds are the method’s, and the report has its name and source', () => {
  const network = randomTrainedNetwork(4);
  const { snn, report } = convert(network, { method: wider });
  assert.equal(snn.neuron.name, 'full');
  assert.equal(snn.initialPotential, 0.25);
  assert.ok(snn.layers.length > 1);
  for (const { name, theta } of snn.layers.slice(0, -1))
    assert.deepEqual(
      theta,
      Float32Array.from(network.weights.get(`${name}.theta`)!, (t) => 1.5 * t),
    );
  assert.deepEqual([report.method, report.source], ['wider', 'my notes']);
  assert.equal(snn.provenance.method, 'wider');
});

test('it is held to its own page as strelu’s are: activations and neurons', () => {
  const network = randomTrainedNetwork(4);
  assert.throws(
    () => convert(network, { method: wider, neuron: 'half' }),
    /UsageError: .*wider expects full, found half/,
  );
  const relu = randomTrainedNetwork(4, { activation: 'trelu' });
  assert.throws(
    () => convert(relu, { method: wider }),
    /method wider converts strelu, found trelu; use method trelu/,
  );
});

test('a mistyped name is answered with the nearest', () => {
  const method = 'tleaky-rely';
  assert.throws(
    () => convert(randomTrainedNetwork(4), { method }),
    (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /^method: unknown name "tleaky-rely"; did you mean tleaky-relu/);
      return true;
    },
  );
});
