/**
 * @file Which layers this machine runs faster as matrix products: each is timed both ways on the first images, unless the table of an
 * earlier run has its times. For networks on a grid alone, where no sum rounds and no choice changes an answer; what was taken differs
 * from machine to machine.
 */
import { createProfile, type Profile } from '../../kernels/profile.ts';
import { mapSize } from '../../nn/architecture.ts';
import { synapseGeometry } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { holdsSums } from '../simd/precision.ts';
import { isProduct } from '../simd/row-memory.ts';
import type { SimulateOptions } from '../simulation.ts';
import type { TuningTable } from '../tuning-table.ts';
import { layerKey } from './layer-key.ts';
import { Simulator } from './simd-engine.ts';

/** Images that are timed: enough that a product has rows to multiply. */
export const TUNING_IMAGES = 16;
/** Of each way, beside one that comes first and is not timed; no further one begins after so many seconds. */
const ROUNDS = 3;
const SECONDS = 1;

/**
 * The layers that are faster by products, of those that have any.
 * @param table what is known already; what is timed now is added
 * @param images [count, height, width, channels], normalised; the first 16 are run
 * @param priced the choice by fixed prices, which stands where float32 could round a sum
 * @param density of each layer: spikes of a neuron and step
 */
export function tunedLayers(
  network: SpikingNetwork,
  request: SimulationRequest,
  table: TuningTable,
  images: Float32Array<ArrayBufferLike>,
  priced: ReadonlySet<number>,
  density: readonly number[],
): ReadonlySet<number> {
  const pixels = mapSize(network.input);
  const first = images.subarray(0, TUNING_IMAGES * pixels);
  const count = first.length / pixels;
  const indices = [...network.layers.keys()];
  const fixed = new Set(indices.filter((l) => !holdsSums(network, l, request.steps)));
  const free = indices.filter((l) => !fixed.has(l) && multiplies(network, l));
  const keys = new Map(free.map((l) => [l, layerKey(network, request, l, density, count)]));
  const unknown = [...keys].filter(([, key]) => !table.has(key));
  if (unknown.length > 0) {
    const [events, products] = (['events', 'products'] as const).map((engine) =>
      secondsByLayer(network, request, engine, first),
    ) as [number[], number[]];
    const each = (seconds: number): number => Number(((1000 * seconds) / count).toPrecision(4));
    for (const [l, key] of unknown) {
      const before = table.get(key); // of another layer of the same kind
      table.set(key, {
        events: Math.min(before?.events ?? Number.POSITIVE_INFINITY, each(events[l]!)),
        products: Math.min(before?.products ?? Number.POSITIVE_INFINITY, each(products[l]!)),
      });
    }
  }
  const isFaster = (l: number): boolean => {
    const times = table.get(keys.get(l) ?? '');
    return times !== undefined && times.products < times.events;
  };
  return new Set(indices.filter((l) => (fixed.has(l) ? priced.has(l) : isFaster(l))));
}

/** Whether a matrix product can stand for any of a layer's synapses. */
const multiplies = (network: SpikingNetwork, l: number): boolean => {
  const layer = network.layers[l]!;
  return layer.inputs.some((s) => isProduct(synapseGeometry(network, layer, s)));
};

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
