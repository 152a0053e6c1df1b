/**
 * @file Runs a network in plain loops, one image after the other, in any schedule. How spikes become currents is the engine's: the
 * reference engine looks at every synapse, the event engine only at those of spikes.
 */
import { mapSize } from '../../nn/architecture.ts';
import { accumulates } from '../accumulate.ts';
import { constantCurrent } from '../analogue.ts';
import { type ScaledSynapses, scaledSynapses } from '../geometry.ts';
import { maxPoolKey, maxPoolsOf, PooledCounts } from '../max-pool.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { Tally } from '../tally.ts';
import { createPopulation, emitPopulation, type Population, stepPopulation } from './population.ts';

/** Adds to current, [neurons] of the target, what the spikes s that are sent contribute in one step. */
export type Propagate = (s: Int8Array<ArrayBuffer>, current: Float32Array<ArrayBuffer>) => void;

/** The state of one image's run. */
interface Run {
  readonly network: SpikingNetwork;
  readonly tally: Tally;
  readonly image: number;
  /** Of each layer, [neurons]: the current that does not change. */
  readonly bases: readonly Float32Array<ArrayBuffer>[];
  readonly populations: readonly Population[];
  /** Of each layer, the windows through which it is read. */
  readonly pools: readonly (readonly PooledCounts[])[];
  readonly groups: readonly (readonly Group[])[];
}

/** Synapses from a layer's neurons, or from the windows of one of its max pools. */
interface Group {
  readonly from: number;
  /** The index of the max pool; -1: the neurons. */
  readonly pool: number;
  readonly propagate: Propagate;
}

/** What a layer sends in one step: its neurons, and the windows of each max pool. */
interface Sent {
  readonly s: Int8Array<ArrayBuffer>;
  readonly pooled: readonly Int8Array<ArrayBuffer>[];
}

export function runPlain(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  request: SimulationRequest,
  propagator: (synapses: ScaledSynapses) => Propagate,
): Tally {
  const { steps, schedule, onProgress } = request;
  const pixels = mapSize(network.input);
  const count = images.length / pixels;
  const tally = new Tally(network, count, request);
  const maxPools = network.layers.map((_, l) => maxPoolsOf(network, l));
  const groups = network.layers.map((layer) =>
    layer.inputs
      .filter((synapses) => synapses.from >= 0)
      .map((synapses): Group => {
        const scaled = scaledSynapses(network, layer, synapses);
        const key = scaled.maxPool && maxPoolKey(scaled.maxPool);
        const pool = maxPools[synapses.from]!.findIndex((one) => one.key === key);
        return { from: synapses.from, pool, propagate: propagator(scaled) };
      }),
  );
  const waits = accumulates(network.neuron, schedule);
  for (let image = 0; image < count; image++) {
    const pixelsOfOne = images.subarray(image * pixels, (image + 1) * pixels);
    const bases = network.layers.map((layer) => constantCurrent(network, layer, pixelsOfOne));
    const populations = network.layers.map((layer) => createPopulation(network, layer, steps));
    const pools = maxPools.map((all) => all.map((pool) => new PooledCounts(pool)));
    const run = { network, tally, image, bases, populations, pools, groups };
    if (waits || schedule === 'layered') layerByLayer(run, waits);
    else {
      for (let t = 0; t < steps; t++) {
        advance(run, t);
        if (tally.mayStop(image, t)) break;
      }
      if (schedule === 'settling') settle(run);
    }
    onProgress?.(image + 1);
  }
  return tally;
}

function currentOf(
  run: Run,
  l: number,
  constant: boolean,
  sent: (from: number) => Sent,
): Float32Array<ArrayBuffer> {
  const current = constant ? run.bases[l]!.slice() : new Float32Array(run.bases[l]!.length);
  for (const { from, pool, propagate } of run.groups[l]!) {
    const { s, pooled } = sent(from);
    propagate(pool < 0 ? s : pooled[pool]!, current);
  }
  return current;
}

/** The windows of layer l see what its neurons send in step t. */
function poolSpikes({ pools, tally }: Run, l: number, t: number, s: Int8Array<ArrayBuffer>): Sent {
  for (const pool of pools[l]!) tally.addSpikes(l, t, 0, pool.step(s));
  return { s, pooled: pools[l]!.map((pool) => pool.s) };
}

/** One step of all layers; steps >= T come without constant current. Returns how many spikes there were. */
function advance(run: Run, t: number): number {
  const { network, tally, image, populations } = run;
  const last = network.layers.length - 1;
  let spikes = 0;
  const sent: Sent[] = [];
  for (let l = 0; l <= last; l++) {
    const current = currentOf(run, l, t < tally.steps, (from) => sent[from]!);
    if (l === last) tally.addReadout(image, t, current);
    else {
      spikes += stepPopulation(populations[l]!, current, tally, l, image, t);
      sent.push(poolSpikes(run, l, t, populations[l]!.s));
    }
  }
  return spikes;
}

/** Law L16: the inputs have stopped; step on until every tracer is silent. */
function settle(run: Run): void {
  let t = run.tally.steps;
  while (advance(run, t) > 0) t++;
  run.tally.settle(run.image, t);
}

/**
 * Each layer over all T steps before the next one starts.
 * @param waits law L17: a layer waits for its T inputs, and then sends its answer in T slots
 */
function layerByLayer(run: Run, waits: boolean): void {
  const { network, tally, image, populations } = run;
  const last = network.layers.length - 1;
  const steps = Array.from({ length: tally.steps }, (_, t) => t);
  const trains: Sent[][] = [];
  const keep = ({ s, pooled }: Sent): Sent => ({ s: s.slice(), pooled: pooled.map((one) => one.slice()) });
  for (let l = 0; l <= last; l++) {
    const population = populations[l]!;
    const current = (t: number): Float32Array<ArrayBuffer> =>
      currentOf(run, l, true, (from) => trains[from]![t]!);
    if (l === last) for (const t of steps) tally.addReadout(image, t, current(t));
    else if (waits) {
      const emitted = emitPopulation(population, steps.map(current), tally, l, image);
      trains.push(emitted.map((s, t) => keep(poolSpikes(run, l, t, s))));
    } else
      trains.push(
        steps.map((t) => {
          stepPopulation(population, current(t), tally, l, image, t);
          return keep(poolSpikes(run, l, t, population.s));
        }),
      );
  }
  if (waits) tally.settle(image, network.layers.length * tally.steps);
}
