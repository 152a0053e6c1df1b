/**
 * @file Adds up the error anatomy of every layer, image by image. Memory does not grow with the number of images.
 */
import { InputError } from '../../errors.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { analogueCurrents, type LayerWiring, propagateEach, wiringOf } from '../../snn/wiring.ts';
import { constantTotals } from '../networks/constant-totals.ts';
import type { FoldedRun } from '../networks/run-folded.ts';
import { CancellationSums } from './cancellation-sums.ts';
import { type ConstantInput, constantInput } from './constant-input.ts';
import { Correlation } from './correlation.ts';
import { ErrorSums } from './error-sums.ts';
import { ERROR_PARTS, type ErrorPart, type LayerAnatomy } from './layer-anatomy.ts';
import { emptySplit, type SplitErrors, splitErrors } from './split-errors.ts';

/** Error histograms reach from -4 to 4 quanta theta / T, histograms of potentials from -2 to 2 theta. */
const QUANTA = 4;
const THETAS = 2;

interface LayerSums {
  readonly ideal: ConstantInput;
  readonly whole: ErrorSums;
  readonly parts: Readonly<Record<ErrorPart, ErrorSums>>;
  readonly residual: ErrorSums;
  readonly correlation: Correlation;
  readonly cancellation: CancellationSums;
  /** The parts of one image after the other. */
  readonly split: SplitErrors;
  overload: number;
}

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
  readonly #layers: readonly LayerSums[];
  #images = 0;
  #residual = true;

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
    const errors = (): ErrorSums => new ErrorSums(QUANTA / steps);
    this.#layers = network.layers.slice(0, -1).map((layer, l) => ({
      ideal: constantInput(network, layer, wiring[l]!.theta, steps, schedule),
      whole: errors(),
      parts: {
        clipping: errors(),
        quantisation: errors(),
        propagated: errors(),
        unevenness: errors(),
      },
      residual: new ErrorSums(THETAS),
      correlation: new Correlation(),
      cancellation: new CancellationSums(wiring, l),
      split: emptySplit(wiring[l]!.neurons),
      overload: 0,
    }));
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
    const counts = images.map(({ image }) => this.#layers.map((_, l) => countsOf(result, l, image)));
    this.#images += images.length;
    this.#layers.forEach((sums, l) => {
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
        const split = splitErrors(sums.ideal, input, {
          ...sums.split,
          whole: new Float64Array(layer.neurons),
        });
        sums.whole.addAll(split.whole);
        for (const part of ERROR_PARTS) sums.parts[part].addAll(split[part]);
        sums.correlation.addAll(trained.activations[l]!, ratesOf(counts[i]![l]!, steps));
        sums.overload += result.layers[l]!.overload;
        this.#addResidual(result, l, image);
        return split.whole;
      });
      sums.cancellation.add(...errors);
    });
  }

  #addResidual(result: SimulationResult, l: number, image: number): void {
    const { membrane } = result.record[l]!;
    if (!membrane || result.schedule === 'settling') {
      this.#residual = false;
      return;
    }
    const { theta, neurons } = this.#wiring[l]!;
    const at = ((image + 1) * this.#steps - 1) * neurons;
    const residuals = new Float64Array(neurons);
    for (let i = 0; i < neurons; i++) residuals[i] = membrane[at + i]! / theta[i]!;
    this.#layers[l]!.residual.addAll(residuals);
  }

  get layers(): LayerAnatomy[] {
    return this.#layers.map((sums, l): LayerAnatomy => {
      const { mean, rms, histogram } = sums.residual.statistics;
      const { clipping, quantisation, propagated, unevenness } = sums.parts;
      return {
        name: this.#wiring[l]!.name,
        neurons: this.#wiring[l]!.neurons,
        images: this.#images,
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
          wholeShare(sums.overload, this.#wiring[l]!.neurons * this.#steps) / Math.max(1, this.#images),
        residual: this.#residual && this.#images > 0 ? { mean, rms, histogram } : null,
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
 * A sum of shares of neuron-steps: where it stands for a whole number of them, its last bits do not depend on how the images were divided
 * into runs.
 */
function wholeShare(sum: number, neuronSteps: number): number {
  const whole = Math.round(sum * neuronSteps);
  return Math.abs(sum * neuronSteps - whole) < 1e-6 ? whole / neuronSteps : sum;
}

function ratesOf(counts: Int32Array, steps: number): Float64Array {
  const rates = new Float64Array(counts.length);
  for (let i = 0; i < rates.length; i++) rates[i] = counts[i]! / steps;
  return rates;
}
