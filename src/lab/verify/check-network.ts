/**
 * @file Runs a spiking network with everything recorded, checks the laws on every neuron of that run, and compares it with
 * what it stands for: the folded network (T = infinity) and the quantised one (each neuron sends the ideal count).
 */
import { setImmediate } from 'node:timers/promises';
import type { Dataset } from '../../data/dataset.ts';
import { type Architecture, mapSize } from '../../nn/architecture.ts';
import { argmax } from '../../nn/argmax.ts';
import type { Progress } from '../../progress.ts';
import { AnatomyTally } from '../../proof/anatomy/anatomy-tally.ts';
import { folded } from '../../proof/networks/folded.ts';
import { idealCount, quantised, settledCount } from '../../proof/networks/quantised.ts';
import { isFolded, referencesOf } from '../../proof/networks/reference.ts';
import type { BallResult, LawResult } from '../../report/result.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import { simulate } from '../../snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../snn/simulation.ts';
import { wiringOf } from '../../snn/wiring.ts';
import { joinPortions } from '../simulate/join-portions.ts';
import { checkInput, networkInput } from '../simulate/network-input.ts';
import type { Simulated } from '../simulate/simulate-dataset.ts';
import { BallTally } from './ball-tally.ts';
import { addExact, addTraces, settledCounts } from './check-image.ts';
import { LawTally } from './law-tally.ts';
import { type LayerLoss, layerLosses } from './layer-loss.ts';

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

/**
 * @param radius of the balls to certify around the images; 0: none
 * @param architecture of the trained network; without it rates are compared with the clip of the neurons
 */
export async function checkNetwork(
  network: SpikingNetwork,
  dataset: Dataset,
  options: SimulateOptions,
  progress: Progress,
  label: string,
  radius = 0,
  architecture?: Architecture,
): Promise<NetworkCheck> {
  checkInput(network, dataset);
  const { count } = dataset;
  const { schedule } = requestOf(network, options);
  const wiring = wiringOf(network);
  const tally = new LawTally(network.neuron);
  const spiking = network.layers.slice(0, -1);
  const named = architecture && referencesOf(network, architecture);
  const references = named && !isFolded(network, named) ? named : null;
  const anatomy = new AnatomyTally(network, options.steps, schedule, wiring);
  const others = spiking.map(() => 0);
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
  const settling = schedule === 'settling';
  const record = settling ? { counts: true } : { spikes: true, membrane: true, currents: true };
  const countOf = (settling ? settledCount : idealCount)(network, options.steps);
  progress.start(label, count);
  for (let start = 0; start < count; start += PORTION) {
    const images = Math.min(PORTION, count - start);
    const input = networkInput(dataset, start, images, network);
    const size = mapSize(dataset.shape);
    const begun = performance.now();
    const result = simulate(network, input, { ...options, record });
    milliseconds += performance.now() - begun;
    portions.push({ ...result, record: [] });
    for (let i = 0; i < images; i++) {
      const image = input.subarray(i * size, (i + 1) * size);
      const continuous = folded(network, image, wiring);
      const trained = references ? folded(network, image, wiring, references) : continuous;
      const counts = quantised(network, image, options.steps, wiring, countOf);
      foldedLogits.set(continuous.logits, (start + i) * network.classes);
      classes.folded[start + i] = argmax(continuous.logits);
      classes.quantised[start + i] = argmax(counts.logits);
      classes.snn[start + i] = result.predictions[(options.steps - 1) * images + i]!;
      balls?.add(image, classes.snn[start + i]!, dataset.labels[start + i]!);
      const sent = settling
        ? settledCounts(result, i)
        : addTraces(tally, network, result, i, continuous, wiring);
      if (settling) addExact(tally, network, image, sent.counts, options.steps, wiring);
      if (sent.certified) certified++;
      anatomy.add(result, i, image, trained);
      sent.counts.forEach((found, l) => {
        found.forEach((count, k) => {
          if (count !== counts.counts[l]![k]) others[l]!++;
        });
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
    layers: layerLosses(anatomy.layers, others),
    certified: settling ? null : certified,
    ball: balls?.result ?? null,
  };
}
