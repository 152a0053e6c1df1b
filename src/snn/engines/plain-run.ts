/**
 * @file Runs a network in plain loops, one image after the other, in any schedule. How spikes become currents is the engine's: the
 * reference engine looks at every synapse, the event engine only at those of spikes.
 */
import { mapSize } from '../../nn/architecture.ts';
import { accumulates } from '../accumulate.ts';
import { constantCurrent } from '../analogue.ts';
import { type ScaledSynapses, scaledSynapses } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { Tally } from '../tally.ts';
import { createPopulation, emitPopulation, type Population, stepPopulation } from './population.ts';

/** Adds to current, [neurons] of the target, what the spikes s of the source contribute in one step. */
export type Propagate = (s: Int8Array<ArrayBuffer>, current: Float32Array<ArrayBuffer>) => void;

/** The state of one image's run. */
interface Run {
  readonly network: SpikingNetwork;
  readonly tally: Tally;
  readonly image: number;
  /** Of each layer, [neurons]: the current that does not change. */
  readonly bases: readonly Float32Array<ArrayBuffer>[];
  readonly populations: readonly Population[];
  readonly groups: readonly (readonly { readonly from: number; readonly propagate: Propagate }[])[];
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
  const groups = network.layers.map((layer) =>
    layer.inputs
      .filter((synapses) => synapses.from >= 0)
      .map((synapses) => ({
        from: synapses.from,
        propagate: propagator(scaledSynapses(network, layer, synapses)),
      })),
  );
  const waits = accumulates(network.neuron, schedule);
  for (let image = 0; image < count; image++) {
    const pixelsOfOne = images.subarray(image * pixels, (image + 1) * pixels);
    const bases = network.layers.map((layer) => constantCurrent(network, layer, pixelsOfOne));
    const populations = network.layers.map((layer) => createPopulation(network, layer, steps));
    const run = { network, tally, image, bases, populations, groups };
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
  spikes: (from: number) => Int8Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const current = constant ? run.bases[l]!.slice() : new Float32Array(run.bases[l]!.length);
  for (const { from, propagate } of run.groups[l]!) propagate(spikes(from), current);
  return current;
}

/** One step of all layers; steps >= T come without constant current. Returns how many spikes there were. */
function advance(run: Run, t: number): number {
  const { network, tally, image, populations } = run;
  const last = network.layers.length - 1;
  let spikes = 0;
  for (let l = 0; l <= last; l++) {
    const current = currentOf(run, l, t < tally.steps, (from) => populations[from]!.s);
    if (l === last) tally.addReadout(image, t, current);
    else spikes += stepPopulation(populations[l]!, current, tally, l, image, t);
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
  const trains: Int8Array<ArrayBuffer>[][] = [];
  for (let l = 0; l <= last; l++) {
    const population = populations[l]!;
    const current = (t: number): Float32Array<ArrayBuffer> =>
      currentOf(run, l, true, (from) => trains[from]![t]!);
    if (l === last) for (const t of steps) tally.addReadout(image, t, current(t));
    else if (waits) trains.push(emitPopulation(population, steps.map(current), tally, l, image));
    else
      trains.push(
        steps.map((t) => {
          stepPopulation(population, current(t), tally, l, image, t);
          return population.s.slice();
        }),
      );
  }
  if (waits) tally.settle(image, network.layers.length * tally.steps);
}
