/**
 * @file Currents of whole numbers whose sum over T steps float32 cannot hold, next to ties of the count: where a layer waits for all of
 * them, products keep to the order in which the definition adds them up.
 */
import { test } from 'node:test';
import { Random } from '../../src/random/random.ts';
import type { NumberGrid } from '../../src/snn/grid.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulationResult } from '../../src/snn/simulation.ts';
import { assertSame } from '../support/assert-same.ts';

const [INPUTS, NEURONS, STEPS, THETA] = [16, 512, 128, 240_001];

/** @param bias of the second layer */
function network(grid: NumberGrid, weight: Float32Array, bias: Float32Array): SpikingNetwork {
  const plain = { kind: 'linear', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const ones = (length: number): Float32Array => new Float32Array(length).fill(1);
  const layer = (name: string, neurons: number) => ({
    name,
    shape: [1, 1, neurons] as const,
    ...(grid.kind === 'int8' && { scale: ones(neurons) }),
  });
  return {
    ...{
      name: 'wide',
      input: [1, 1, 1],
      classes: 2,
      neuron: half,
      initialPotential: 0,
      grid,
      provenance: {},
    },
    layers: [
      {
        ...layer('first', INPUTS),
        theta: Float32Array.of(2),
        bias: Float32Array.from({ length: INPUTS }, (_, i) => (i % 4) - 2),
        inputs: [{ ...plain, from: -1, weight: ones(INPUTS) }],
      },
      {
        ...layer('second', NEURONS),
        theta: Float32Array.of(THETA),
        bias,
        inputs: [{ ...plain, from: 0, weight }],
      },
      {
        ...layer('readout', 2),
        theta: new Float32Array(0),
        bias: new Float32Array(2),
        inputs: [{ ...plain, from: 1, weight: ones(NEURONS * 2) }],
      },
    ],
  };
}

const GRIDS: readonly NumberGrid[] = [
  { kind: 'int8', per: 'layer' },
  { kind: 'dyadic', steps: 1, imageBits: 0 },
];

test('sums that float32 rounds: products on a grid are the reference, to the last bit', () => {
  const random = Random.seeded(1);
  for (const grid of GRIDS)
    for (let round = 0; round < 4; round++) {
      const weight = Float32Array.from({ length: INPUTS * NEURONS }, () => random.integer(255) - 127);
      const run = (bias: Float32Array, engine: 'reference' | 'products'): SimulationResult =>
        simulate(network(grid, weight, bias), Float32Array.of(1), {
          ...{ steps: STEPS, schedule: 'settling', engine, record: { counts: true } },
        });
      const sent = run(new Float32Array(NEURONS), 'reference').record[0]!.counts!;
      const bias = Float32Array.from({ length: NEURONS }, (_, n) => {
        const sum = sent.reduce((all, count, i) => all + count * weight[i * NEURONS + n]!, 0);
        const tie = THETA * (80 + (n % 40)) + THETA / 2;
        return Math.round((tie - sum) / STEPS);
      });
      const { engine: _, method: __, ...expected } = run(bias, 'reference');
      const { engine: ___, method: ____, ...found } = run(bias, 'products');
      assertSame(found, expected, `${grid.kind}, round ${round}`);
    }
});
