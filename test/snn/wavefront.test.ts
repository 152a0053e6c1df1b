/** @file Layers and steps side by side, where a layer reads layers of unequal depth, in any order of tasks: the same bits. */

import { test } from 'node:test';
import fc from 'fast-check';
import { Heap } from '../../src/memory/heap.ts';
import { Random } from '../../src/random/random.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../../src/snn/network.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
import { shuffledTeam } from '../support/shuffled-team.ts';

const KINDS = ['half', 'half', 'leaky', 'memory', 'burst', 'rest', 'reset-to-zero'] as const;

/** Layers of 4 x 4 x 5; each reads one to three of all layers before it, through weights or unchanged. */
function tangled(seed: number, hidden: number): SpikingNetwork {
  const random = Random.seeded(seed);
  const dyadic = (length: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length }, () => (random.integer(25) - 12) / 8);
  const plain = { pool: 1, kernel: 1, stride: 1, padding: 0 };
  const synapses = (from: number): Synapses =>
    random.integer(2) === 0
      ? { ...plain, kind: 'identity', from, weight: new Float32Array(0) }
      : { ...plain, kind: 'conv2d', from, kernel: 3, padding: 1, weight: dyadic(9 * 5 * 5) };
  const layers: SpikingLayer[] = Array.from({ length: hidden }, (_, l) => {
    const sources = random.shuffle(Array.from({ length: l + 1 }, (_, i) => i - 1));
    const inputs = sources.slice(0, 1 + random.integer(3)).map(synapses);
    return { name: `layer${l}`, shape: [4, 4, 5], theta: Float32Array.of(1), bias: dyadic(5), inputs };
  });
  const inputs = [hidden - 1, Math.max(0, hidden - 3)].map(
    (from): Synapses => ({
      ...plain,
      kind: 'linear',
      from,
      weight: dyadic(4 * 4 * 5 * 3),
    }),
  );
  layers.push({ name: 'readout', shape: [1, 1, 3], theta: new Float32Array(0), bias: dyadic(3), inputs });
  const input = [4, 4, 5] as const;
  const known = neuronNamed(KINDS[random.integer(KINDS.length)]!);
  const neuron = known.withSlope?.(0.5) ?? known;
  const rest = { classes: 3, neuron, initialPotential: 0, provenance: {} };
  return { name: 'tangled', input, layers, ...rest };
}

test('waves = the reference engine, wherever a layer reads from and whichever task comes first', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 3 }),
      (seed, hidden, steps, count) => {
        const snn = tangled(seed, hidden);
        const random = Random.seeded(seed);
        const images = Float32Array.from({ length: count * 80 }, () => (random.integer(17) - 8) / 8);
        const record = { spikes: true, membrane: true, currents: true, counts: true };
        const heap = new Heap({ initialBytes: 2 ** 20 });
        const runtime = { heap, team: shuffledTeam(heap, 1 + (seed % 4), seed) };
        assertSameRun(
          simulate(snn, images, { steps, schedule: 'streaming', record, runtime }),
          simulate(snn, images, { steps, engine: 'reference', record }),
        );
      },
    ),
    { numRuns: 60 },
  );
});
