/**
 * @file Runs a spiking network with everything recorded, checks the laws on every neuron of that run, and compares it with
 * what it stands for: the folded network (T = infinity) and the quantised one (each neuron sends the ideal count).
 */
import { setImmediate } from 'node:timers/promises';
import type { Dataset } from '../data/dataset.ts';
import { imageSize } from '../data/dataset.ts';
import { certify } from '../proof/certificate.ts';
import { checkExactLaw, settlingNetwork } from '../proof/exact-law.ts';
import { type Folded, folded } from '../proof/folded.ts';
import { quantised } from '../proof/quantised.ts';
import { traceLayer } from '../proof/trace.ts';
import { type LayerWiring, wiringOf } from '../proof/wiring.ts';
import type { BallResult, LawResult } from '../report/result.ts';
import type { SpikingNetwork } from '../snn/network.ts';
import { simulate } from '../snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../snn/simulation.ts';
import { argmax } from '../train/evaluate.ts';
import { BallTally } from './ball-tally.ts';
import { LawTally } from './law-tally.ts';
import { LayerComparison, type LayerLoss } from './layer-comparison.ts';
import type { Progress } from './progress.ts';
import { checkInput, joinPortions, networkInput, type Simulated } from './simulate-network.ts';

/** Currents, potentials and spikes of so many images are held at once. */
const PORTION = 10;

export interface NetworkCheck {
  readonly laws: readonly LawResult[];
  /** Share of neurons (over images) to which the count law applies; null where the neuron has none. */
  readonly covered: number | null;
  /** Class of each image. */
  readonly folded: Uint8Array;
  readonly quantised: Uint8Array;
  /** After the last step. */
  readonly snn: Uint8Array;
  /** [count, classes] */
  readonly foldedLogits: Float64Array;
  readonly layers: readonly LayerLoss[];
  /** The run itself, without its records. */
  readonly simulated: Simulated;
  /** Images whose class is proven to be the folded network's; null for neurons without a bound. */
  readonly certified: number | null;
  /** null without a radius. */
  readonly ball: BallResult | null;
}

/** @param radius of the balls to certify around the images; 0: none */

export async function checkNetwork(
  network: SpikingNetwork,
  dataset: Dataset,
  options: SimulateOptions,
  progress: Progress,
  label: string,
  radius = 0,
): Promise<NetworkCheck> {
  checkInput(network, dataset);
  const { count } = dataset;
  const wiring = wiringOf(network);
  const tally = new LawTally(network.neuron);
  const spiking = network.layers.slice(0, -1);
  const comparisons = spiking.map(({ name }) => new LayerComparison(name, options.steps));
  const classes = {
    folded: new Uint8Array(count),
    quantised: new Uint8Array(count),
    snn: new Uint8Array(count),
  };
  const balls = radius > 0 ? new BallTally(network, radius, wiring) : null;
  const foldedLogits = new Float64Array(count * network.classes);
  const portions: SimulationResult[] = [];
  let certified = 0;
  let milliseconds = 0;
  const settling = options.schedule === 'settling';
  const record = settling ? { counts: true } : { spikes: true, membrane: true, currents: true };
  const ideal = settling ? settlingNetwork(network) : network;
  progress.start(label, count);
  for (let start = 0; start < count; start += PORTION) {
    const images = Math.min(PORTION, count - start);
    const input = networkInput(dataset, start, images, network);
    const size = imageSize(dataset.shape);
    const begun = performance.now();
    const result = simulate(network, input, { ...options, record });
    milliseconds += performance.now() - begun;
    portions.push({ ...result, record: [] });
    for (let i = 0; i < images; i++) {
      const image = input.subarray(i * size, (i + 1) * size);
      const continuous = folded(network, image, wiring);
      const counts = quantised(ideal, image, options.steps, wiring);
      foldedLogits.set(continuous.logits, (start + i) * network.classes);
      classes.folded[start + i] = argmax(continuous.logits, 0, network.classes);
      classes.quantised[start + i] = argmax(counts.logits, 0, network.classes);
      classes.snn[start + i] = result.predictions[(options.steps - 1) * images + i]!;
      balls?.add(image, classes.snn[start + i]!, dataset.labels[start + i]!);
      const sent = settling
        ? settledCounts(result, i)
        : addTraces(tally, network, result, i, continuous, wiring);
      if (settling) addExact(tally, network, image, sent.counts, options.steps, wiring);
      if (sent.certified) certified++;
      sent.counts.forEach((found, l) => {
        comparisons[l]!.add(found, continuous.activations[l]!, counts.counts[l]!);
      });
    }
    progress.update(start + images);
    await setImmediate();
  }
  progress.stop();
  return {
    laws: tally.laws,
    covered: tally.covered,
    ...classes,
    foldedLogits,
    simulated: { result: joinPortions(portions), imagesPerSecond: (1000 * count) / milliseconds },
    layers: comparisons.map((comparison) => comparison.result),
    certified: settling ? null : certified,
    ball: balls?.result ?? null,
  };
}

/** What the neurons of one image sent. */
interface Sent {
  /** Per spiking layer. */
  readonly counts: readonly Int32Array[];
  /** The class is proven to be the folded network's. */
  readonly certified: boolean;
}

/** The laws on every neuron of a step by step run. */
function addTraces(
  tally: LawTally,
  network: SpikingNetwork,
  result: SimulationResult,
  image: number,
  continuous: Folded,
  wiring: readonly LayerWiring[],
): Sent {
  const traces = network.layers.slice(0, -1).map((_, l) => traceLayer(network, result, l, image));
  for (const trace of traces) tally.addLayer(trace);
  const certificate = certify(network, result, image, { foldedLogits: continuous.logits, wiring, traces });
  tally.add('T15', 'abs(logit - folded logit) <= bound along the run', network.classes, {
    broken: brokenBounds(certificate.bounds, continuous.logits, result, image),
    worst: certificate.observed ?? 0,
    bound: Math.max(...certificate.bounds),
  });
  return { counts: traces.map((trace) => trace.counts), certified: certificate.certified };
}

function settledCounts(result: SimulationResult, image: number): Sent {
  const counts = result.record.slice(0, -1).map((layer, l) => {
    const { neurons } = result.layers[l]!;
    return layer.counts!.subarray(image * neurons, (image + 1) * neurons);
  });
  return { counts, certified: false };
}

/** The exact modes: each count is what the sum of its currents asks for. */
function addExact(
  tally: LawTally,
  network: SpikingNetwork,
  image: Float32Array,
  counts: readonly Int32Array[],
  steps: number,
  wiring: readonly LayerWiring[],
): void {
  const id = network.neuron === 'tracer' ? 'T16' : 'T17';
  for (const { neurons, broken } of checkExactLaw(network, image, counts, steps, wiring))
    tally.add(id, 'N = the quantised count (wrong counts; a tie of float32 may go either way)', neurons, {
      broken,
      worst: broken,
      bound: 0,
    });
}

/** Logits that are farther from the folded network's than proven possible. */
function brokenBounds(
  bounds: Float64Array,
  ideal: Float64Array,
  result: SimulationResult,
  image: number,
): number {
  const at = ((result.steps - 1) * result.images + image) * result.classes;
  let broken = 0;
  for (let c = 0; c < bounds.length; c++) {
    const logit = result.logits[at + c]!;
    const rounding = (Math.abs(logit) + bounds[c]!) * 2 ** -16;
    if (!(Math.abs(logit - ideal[c]!) <= bounds[c]! + rounding)) broken++;
  }
  return broken;
}
