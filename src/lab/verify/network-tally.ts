/**
 * @file What the images of a recorded run show: whether the laws hold on every neuron, and how the spikes compare with what they
 * stand for, the folded network (T = infinity) and the quantised one (each neuron sends the ideal count).
 */
import type { Closeable } from '../../memory/closeable.ts';
import type { Architecture } from '../../nn/architecture.ts';
import { argmax } from '../../nn/argmax.ts';
import { AnatomyTally } from '../../proof/anatomy/anatomy-tally.ts';
import { type Counterpart, counterpartsOf, matchNeurons } from '../../proof/networks/counterparts.ts';
import { type CountOf, idealCount, settledCount } from '../../proof/networks/ideal-count.ts';
import { type FoldedRun, runFolded } from '../../proof/networks/run-folded.ts';
import { runQuantised } from '../../proof/networks/run-quantised.ts';
import type { BallResult, LawResult, LayerLoss } from '../../report/verification-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { Schedule, SimulateOptions, SimulationResult } from '../../snn/simulation.ts';
import { accelerate, analogueCurrents, type LayerWiring, wiringOf } from '../../snn/wiring.ts';
import { BallTally } from './ball-tally.ts';
import { addExact, addTraces, type Sent, settledCounts } from './check-image.ts';
import { LawTally } from './law-tally.ts';
import { layerLosses } from './layer-losses.ts';

export interface TallyOptions {
  /** How many images will be added. */
  readonly images: number;
  readonly steps: number;
  readonly schedule: Schedule;
  /** Radius of the balls to certify around the images; 0: none. */
  readonly radius: number;
  /** Architecture of the trained network; without it rates are compared with the clip of the neurons. */
  readonly architecture?: Architecture | undefined;
  /** Where values go through the weights by SIMD. Default: nowhere, by the plain loop, which gives the same bits. */
  readonly runtime?: SimulateOptions['runtime'] | undefined;
}

export interface ImageChecks {
  readonly laws: readonly LawResult[];
  /** Share of neurons (over images) to which the count law applies; null where the neuron has none. */
  readonly covered: number | null;
  /** Class of each image. */
  readonly folded: Uint16Array;
  readonly quantised: Uint16Array;
  /** After the last step. */
  readonly snn: Uint16Array;
  /** [images, classes] */
  readonly foldedLogits: Float64Array;
  readonly layers: readonly LayerLoss[];
  /** Images whose class is proven to be the folded network's; null for schedules without a bound. */
  readonly certified: number | null;
  /** null without a radius. */
  readonly ball: BallResult | null;
}

/** Close it in the end: weights lie in the heap of its runtime. */
export class NetworkTally implements Closeable {
  readonly #network: SpikingNetwork;
  readonly #steps: number;
  readonly #settling: boolean;
  readonly #wiring: readonly LayerWiring[];
  readonly #laidOut: Closeable | null;
  readonly #counterparts: ReturnType<typeof counterpartsOf> | null;
  readonly #countOf: CountOf;
  readonly #laws: LawTally;
  readonly #anatomy: AnatomyTally;
  readonly #balls: BallTally | null;
  readonly #foldedClasses: Uint16Array;
  readonly #quantisedClasses: Uint16Array;
  readonly #snnClasses: Uint16Array;
  readonly #foldedLogits: Float64Array;
  /** Per spiking layer: counts that are not the quantised network's. */
  readonly #others: number[];
  #certified = 0;
  #images = 0;

  constructor(network: SpikingNetwork, options: TallyOptions) {
    const { images, steps, schedule, radius, architecture, runtime } = options;
    this.#network = network;
    this.#steps = steps;
    this.#settling = schedule === 'settling';
    this.#wiring = wiringOf(network);
    this.#laidOut = runtime ? accelerate(this.#wiring, runtime) : null;
    const counterparts = architecture && counterpartsOf(network, architecture);
    this.#counterparts = counterparts && !matchNeurons(network, counterparts) ? counterparts : null;
    this.#countOf = (this.#settling ? settledCount : idealCount)(network, steps);
    this.#laws = new LawTally(network.neuron);
    this.#anatomy = new AnatomyTally(network, steps, schedule, this.#wiring);
    this.#balls = radius > 0 ? new BallTally(network, radius, this.#wiring) : null;
    this.#foldedClasses = new Uint16Array(images);
    this.#quantisedClasses = new Uint16Array(images);
    this.#snnClasses = new Uint16Array(images);
    this.#foldedLogits = new Float64Array(images * network.classes);
    this.#others = network.layers.slice(0, -1).map(() => 0);
  }

  /**
   * The next image.
   * @param result a run with what the schedule needs recorded
   * @param i its place in that run
   * @param image [height, width, channels], as the network takes it
   */
  add(result: SimulationResult, i: number, image: Float32Array, label: number): void {
    const network = this.#network;
    const wiring = this.#wiring;
    const at = this.#images++;
    const constant = analogueCurrents(network, image);
    const folded = (counterparts?: readonly Counterpart[]): FoldedRun =>
      runFolded(network, image, wiring, counterparts, constant);
    const continuous = folded();
    const trained = this.#counterparts ? folded(this.#counterparts) : continuous;
    const ideal = runQuantised(network, image, this.#steps, wiring, this.#countOf, constant);
    const claimed = result.predictions[(this.#steps - 1) * result.images + i]!;
    this.#foldedLogits.set(continuous.logits, at * network.classes);
    this.#foldedClasses[at] = argmax(continuous.logits);
    this.#quantisedClasses[at] = argmax(ideal.logits);
    this.#snnClasses[at] = claimed;
    this.#balls?.add(image, claimed, label);
    this.#anatomy.add(result, i, image, trained, constant);
    const sent = this.#checkLaws(result, i, image, continuous);
    if (sent.certified) this.#certified++;
    sent.counts.forEach((found, l) => {
      found.forEach((count, k) => {
        if (count !== ideal.counts[l]![k]) this.#others[l]!++;
      });
    });
  }

  #checkLaws(
    result: SimulationResult,
    i: number,
    image: Float32Array,
    continuous: ReturnType<typeof runFolded>,
  ): Sent {
    if (!this.#settling) return addTraces(this.#laws, this.#network, result, i, continuous, this.#wiring);
    const sent = settledCounts(result, i);
    addExact(this.#laws, this.#network, image, sent.counts, this.#steps, this.#wiring);
    return sent;
  }

  close(): void {
    this.#laidOut?.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  get checks(): ImageChecks {
    return {
      laws: this.#laws.laws,
      covered: this.#laws.covered,
      folded: this.#foldedClasses,
      quantised: this.#quantisedClasses,
      snn: this.#snnClasses,
      foldedLogits: this.#foldedLogits,
      layers: layerLosses(this.#anatomy.layers, this.#others),
      certified: this.#settling ? null : this.#certified,
      ball: this.#balls?.result ?? null,
    };
  }
}
