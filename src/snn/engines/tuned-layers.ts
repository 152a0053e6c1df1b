/**
 * @file Which layers this machine runs faster as matrix products: each is timed both ways on the first images. For networks on a grid
 * alone, where no sum rounds and no choice changes an answer; what was taken differs from machine to machine.
 */
import { UsageError } from '../../errors.ts';
import { createProfile } from '../../kernels/profile.ts';
import { mapSize } from '../../nn/architecture.ts';
import { neverRounds } from '../grid.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { sumsAreExact } from '../simd/precision.ts';
import type { SimulateOptions } from '../simulation.ts';
import { Simulator } from './simd-engine.ts';

/** Images that are timed: enough that a product has rows to multiply. */
export const TUNING_IMAGES = 16;
const ROUNDS = 3;

/**
 * The layers that were faster by products.
 * @param priced the choice by fixed prices, which stands where float32 could round a sum
 * @param images [count, height, width, channels], normalised; the first 16 are run
 * @throws UsageError for a network on no grid
 */
export function tunedLayers(
  network: SpikingNetwork,
  request: SimulationRequest,
  images: Float32Array<ArrayBufferLike>,
  priced: ReadonlySet<number>,
): ReadonlySet<number> {
  if (!neverRounds(network))
    throw new UsageError(
      `tune: expected a network on a grid, on which no choice changes an answer, found ${network.name} on none; convert it with --grid, simulate it with --weights int8, or leave --tune out`,
    );
  const first = images.subarray(0, TUNING_IMAGES * mapSize(network.input));
  const [events, products] = (['events', 'products'] as const).map((engine) =>
    secondsByLayer(network, request, engine, first),
  ) as [number[], number[]];
  const faster = [...network.layers.keys()].filter((l) =>
    isExact(network, l, request.steps) ? products[l]! < events[l]! : priced.has(l),
  );
  return new Set(faster);
}

/** Whether float32 holds every sum of a layer, whatever it is added up in. */
const isExact = (network: SpikingNetwork, l: number, steps: number): boolean =>
  network.grid?.kind === 'dyadic'
    ? steps <= network.grid.steps
    : sumsAreExact(network, network.layers[l]!, steps);

/** The least of some rounds, by layer. What a source does so that events can be read counts for the layers that read them. */
function secondsByLayer(
  network: SpikingNetwork,
  { steps, schedule, runtime }: SimulationRequest,
  engine: 'events' | 'products',
  images: Float32Array<ArrayBufferLike>,
): number[] {
  const least = network.layers.map(() => Number.POSITIVE_INFINITY);
  const way = schedule === 'settling' ? 'settling' : 'layered'; // streaming has the same spikes
  for (let round = 0; round <= ROUNDS; round++) {
    const profile = createProfile();
    const options: SimulateOptions = { steps, schedule: way, engine, profile, ...(runtime && { runtime }) };
    const simulator = new Simulator(network, options, TUNING_IMAGES);
    try {
      simulator.simulate(images);
    } finally {
      simulator.close();
    }
    if (round === 0) continue; // kernels are assembled, memory is touched
    const rows = profile.rows();
    const seconds = (name: string, collected: boolean): number =>
      rows
        .filter(({ layer, kernel }) => layer === name && (kernel === 'collect') === collected)
        .reduce((sum, row) => sum + row.seconds, 0);
    for (const [l, { name, inputs }] of network.layers.entries()) {
      const sources = inputs.filter(({ from }) => from >= 0).map(({ from }) => network.layers[from]!.name);
      const read = sources.reduce((sum, source) => sum + seconds(source, true), 0);
      least[l] = Math.min(least[l]!, seconds(name, false) + read);
    }
  }
  return least;
}
