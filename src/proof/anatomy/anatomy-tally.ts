/**
 * @file Adds up the error anatomy of every layer, image by image. Memory does not grow with the number of images.
 */
import { InputError } from '../../errors.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { analogueCurrents, type LayerWiring, propagateEach, wiringOf } from '../../snn/wiring.ts';
import { addSums } from '../add-sums.ts';
import { constantTotals } from '../networks/constant-totals.ts';
import type { FoldedRun } from '../networks/run-folded.ts';
import { type AnatomySums, addersOf, type LayerAdders, noImages } from './anatomy-sums.ts';
import { type ConstantInput, constantInput } from './constant-input.ts';
import { ERROR_PARTS, type LayerAnatomy } from './layer-anatomy.ts';
import { emptySplit, type SplitErrors, splitErrors } from './split-errors.ts';

/** An image of a run, and what is known of it. */
export interface AnatomyImage {
  /** Its index in the run. */
  readonly image: number;
  /** The network without spikes on the same pixels. */
  readonly trained: FoldedRun;
  /** Its constant currents, per layer. */
  readonly constant: readonly Float32Array[];
}

/**
 * Collects one image after the other.
 * @example
 * const tally = new AnatomyTally(snn, result.steps, result.schedule);
 * tally.add(result, 0, image, runFolded(snn, image));
 * tally.layers.length === snn.layers.length - 1; // true
 */
export class AnatomyTally {
  readonly #network: SpikingNetwork;
  readonly #wiring: readonly LayerWiring[];
  readonly #steps: number;
  readonly #ideals: readonly ConstantInput[];
  /** Per layer, the parts of one image after the other. */
  readonly #splits: readonly SplitErrors[];
  #sums: AnatomySums;
  #adders: readonly LayerAdders[];

  /**
   * @param steps T of the runs to come
   * @param schedule of the runs to come
   */
  constructor(
    network: SpikingNetwork,
    steps: number,
    schedule: SimulationResult['schedule'],
    wiring: readonly LayerWiring[] = wiringOf(network),
  ) {
    this.#network = network;
    this.#wiring = wiring;
    this.#steps = steps;
    const layers = network.layers.slice(0, -1);
    this.#ideals = layers.map((layer, l) => constantInput(network, layer, wiring[l]!.theta, steps, schedule));
    this.#splits = layers.map((_, l) => emptySplit(wiring[l]!.neurons));
    this.#sums = noImages(wiring);
    this.#adders = addersOf(this.#sums, wiring, steps);
  }

  #goOnFrom(sums: AnatomySums): void {
    this.#sums = sums;
    this.#adders = addersOf(sums, this.#wiring, this.#steps);
  }

  /** What the images so far have come to; the tally begins anew. */
  take(): AnatomySums {
    const sums = this.#sums;
    this.#goOnFrom(noImages(this.#wiring));
    for (const layer of sums.layers) layer.overloads = nearlyWhole(layer.overloads);
    return sums;
  }

  /** Adds what another tally of the same network, T and schedule took: the last bits of sums depend on which images were added up apart. */
  absorb(sums: AnatomySums): void {
    this.#goOnFrom(addSums(this.#sums, sums));
  }

  /**
   * Adds one image of a run.
   * @param result with spikes or counts on record; with potentials on record their residuals are included
   * @param image its index in the run
   * @param pixels [height, width, channels], as the run was given them
   * @param trained the network without spikes on the same pixels
   * @throws InputError when counts are missing, or images stopped before T
   */
  add(
    result: SimulationResult,
    image: number,
    pixels: Float32Array<ArrayBufferLike>,
    trained: FoldedRun,
    constant: readonly Float32Array[] = analogueCurrents(this.#network, pixels),
  ): void {
    this.addEach(result, [{ image, trained, constant }]);
  }

  /** Adds some images of a run. */
  addEach(result: SimulationResult, images: readonly AnatomyImage[]): void {
    const steps = this.#steps;
    if (result.steps !== steps || result.stopped)
      throw new InputError(
        `${this.#network.name}: the anatomy needs all of ${steps} steps of every image, found ${result.stopped ? 'an early stop' : result.steps}; run them all`,
      );
    const counts = images.map(({ image }) => this.#splits.map((_, l) => countsOf(result, l, image)));
    this.#sums.images += images.length;
    this.#adders.forEach((sums, l) => {
      const layer = this.#wiring[l]!;
      const totals = images.map(({ constant }) => constantTotals(constant[l]!, steps));
      for (const synapses of layer.spikes) {
        const sent = counts.map((own) => own[synapses.from]!);
        propagateEach(synapses, sent, totals);
      }
      const errors = images.map(({ image, trained }, i) => {
        const input = {
          activations: trained.activations[l]!,
          trainedTotals: constantTotals(trained.currents[l]!, steps),
          counts: counts[i]![l]!,
          totals: totals[i]!,
          steps,
        };
        const split = splitErrors(this.#ideals[l]!, input, {
          ...this.#splits[l]!,
          whole: new Float64Array(layer.neurons),
        });
        sums.whole.addAll(split.whole);
        for (const part of ERROR_PARTS) sums.parts[part].addAll(split[part]);
        sums.correlation.addAll(trained.activations[l]!, ratesOf(counts[i]![l]!, steps));
        this.#sums.layers[l]!.overloads += result.layers[l]!.overload * layer.neurons * steps;
        this.#addResidual(result, l, image);
        return split.whole;
      });
      sums.cancellation.add(...errors);
    });
  }

  #addResidual(result: SimulationResult, l: number, image: number): void {
    const { membrane } = result.record[l]!;
    if (!membrane || result.schedule === 'settling') return;
    const { theta, neurons } = this.#wiring[l]!;
    const at = ((image + 1) * this.#steps - 1) * neurons;
    const residuals = new Float64Array(neurons);
    for (let i = 0; i < neurons; i++) residuals[i] = membrane[at + i]! / theta[i]!;
    this.#adders[l]!.residual.addAll(residuals);
    this.#sums.residuals++;
  }

  get layers(): LayerAnatomy[] {
    const { images, residuals, layers } = this.#sums;
    const known = residuals > 0 && residuals === images * layers.length;
    return this.#adders.map((sums, l): LayerAnatomy => {
      const { mean, rms, histogram } = sums.residual.statistics;
      const { clipping, quantisation, propagated, unevenness } = sums.parts;
      return {
        name: this.#wiring[l]!.name,
        neurons: this.#wiring[l]!.neurons,
        images,
        steps: this.#steps,
        correlation: sums.correlation.value,
        whole: sums.whole.statistics,
        parts: {
          clipping: clipping.statistics,
          quantisation: quantisation.statistics,
          propagated: propagated.statistics,
          unevenness: unevenness.statistics,
        },
        cancellation: sums.cancellation.result,
        overload:
          nearlyWhole(layers[l]!.overloads) / (this.#wiring[l]!.neurons * this.#steps * Math.max(1, images)),
        residual: known ? { mean, rms, histogram } : null,
      };
    });
  }
}

/** @throws InputError when neither counts nor spikes are on record. */
function countsOf(result: SimulationResult, l: number, image: number): Int32Array {
  const { name, counts, spikes } = result.record[l]!;
  const { neurons } = result.layers[l]!;
  if (counts) return counts.subarray(image * neurons, (image + 1) * neurons);
  if (!spikes || result.schedule === 'settling')
    throw new InputError(`${name}: expected counts on record, found none; record counts`);
  const sums = new Int32Array(neurons);
  for (let t = 0; t < result.steps; t++) {
    const at = (image * result.steps + t) * neurons;
    for (let i = 0; i < neurons; i++) sums[i]! += spikes[at + i]!;
  }
  return sums;
}

/**
 * A number of neuron-steps, which was added up image by image, each with the mean of its run: once all images of all runs are in it, it is
 * whole, so that its last bits do not depend on how the images were divided into runs.
 */
function nearlyWhole(sum: number): number {
  const whole = Math.round(sum);
  return Math.abs(sum - whole) < 1e-3 ? whole : sum;
}

function ratesOf(counts: Int32Array, steps: number): Float64Array {
  const rates = new Float64Array(counts.length);
  for (let i = 0; i < rates.length; i++) rates[i] = counts[i]! / steps;
  return rates;
}
