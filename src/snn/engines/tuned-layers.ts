/**
 * @file Which layers this machine runs faster as matrix products: each is timed both ways on the first images. For networks on a grid
 * alone, where no sum rounds and no choice changes an answer; what was taken differs from machine to machine.
 */
import { createProfile, type Profile } from '../../kernels/profile.ts';
import { mapSize } from '../../nn/architecture.ts';
import { synapseGeometry } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { holdsSums } from '../simd/precision.ts';
import { isProduct } from '../simd/row-memory.ts';
import type { SimulateOptions } from '../simulation.ts';
import { Simulator } from './simd-engine.ts';

/** Images that are timed: enough that a product has rows to multiply. */
export const TUNING_IMAGES = 16;
/** Of each way, beside one that comes first and is not timed; no further one begins after so many seconds. */
const ROUNDS = 3;
const SECONDS = 1;

/**
 * The layers that were faster by products, of those that have any.
 * @param priced the choice by fixed prices, which stands where float32 could round a sum
 * @param images [count, height, width, channels], normalised; the first 16 are run
 */
export function tunedLayers(
  network: SpikingNetwork,
  request: SimulationRequest,
  images: Float32Array<ArrayBufferLike>,
  priced: ReadonlySet<number>,
): ReadonlySet<number> {
  const first = images.subarray(0, TUNING_IMAGES * mapSize(network.input));
  const [events, products] = (['events', 'products'] as const).map((engine) =>
    secondsByLayer(network, request, engine, first),
  ) as [number[], number[]];
  const faster = [...network.layers.entries()].filter(([l, layer]) => {
    if (!holdsSums(network, l, request.steps)) return priced.has(l);
    const multiplies = layer.inputs.some((s) => isProduct(synapseGeometry(network, layer, s)));
    return multiplies && products[l]! < events[l]!;
  });
  return new Set(faster.map(([l]) => l));
}

/** The least of some rounds, by layer. */
function secondsByLayer(
  network: SpikingNetwork,
  { steps, schedule: asked, runtime, record }: SimulationRequest,
  engine: 'events' | 'products',
  images: Float32Array<ArrayBufferLike>,
): number[] {
  const profile = createProfile();
  const schedule = asked === 'settling' ? asked : 'layered'; // streaming has the same spikes
  const kept = { ...(runtime && { runtime }), ...(record && { record }) };
  const options: SimulateOptions = { steps, schedule, engine, profile, ...kept };
  const simulator = new Simulator(network, options, images.length / mapSize(network.input));
  try {
    simulator.simulate(images); // kernels are assembled, memory is touched
    let least = network.layers.map(() => Number.POSITIVE_INFINITY);
    const begun = profile.elapsed();
    for (let round = 0; round < ROUNDS && (round === 0 || profile.elapsed() - begun < SECONDS); round++) {
      const before = byLayer(network, profile);
      simulator.simulate(images);
      const after = byLayer(network, profile);
      least = least.map((seconds, l) => Math.min(seconds, after[l]! - before[l]!));
    }
    return least;
  } finally {
    simulator.close();
  }
}

/** Seconds so far, by layer. What a source does so that events can be read counts for the layers that read them. */
function byLayer({ layers }: SpikingNetwork, profile: Profile): number[] {
  const rows = profile.rows();
  const seconds = (name: string, collected: boolean): number =>
    rows
      .filter(({ layer, kernel }) => layer === name && (kernel === 'collect') === collected)
      .reduce((sum, row) => sum + row.seconds, 0);
  return layers.map(({ name, inputs }) => {
    const sources = inputs.filter(({ from }) => from >= 0).map(({ from }) => layers[from]!.name);
    return seconds(name, false) + sources.reduce((sum, source) => sum + seconds(source, true), 0);
  });
}
