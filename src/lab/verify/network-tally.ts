/**
 * @file What the images of a recorded run show: whether the laws hold on every neuron, and how the spikes compare with what they
 * stand for, the folded network (T = infinity) and the quantised one (each neuron sends the ideal count).
 */
import type { Closeable } from '../../memory/closeable.ts';
import { type Architecture, mapSize } from '../../nn/architecture.ts';
import { argmax } from '../../nn/argmax.ts';
import type { AnatomySums } from '../../proof/anatomy/anatomy-sums.ts';
import { AnatomyTally } from '../../proof/anatomy/anatomy-tally.ts';
import { type Follow, followPlainly } from '../../proof/laws/follow.ts';
import { openTracer, type Tracer } from '../../proof/laws/tracer.ts';
import { counterpartsOf, matchNeurons } from '../../proof/networks/counterparts.ts';
import { type CountOf, idealCount, settledCount } from '../../proof/networks/ideal-count.ts';
import { type FoldedRun, runFoldedEach } from '../../proof/networks/run-folded.ts';
import { runQuantisedEach } from '../../proof/networks/run-quantised.ts';
import type { BallResult, LawResult, LayerLoss } from '../../report/verification-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { IMAGES } from '../../snn/propagation/kernel.ts';
import type { Schedule, SimulateOptions, SimulationResult } from '../../snn/simulation.ts';
import { accelerate, analogueCurrentsEach, type LayerWiring, wiringOf } from '../../snn/wiring.ts';
import { BallTally } from './ball-tally.ts';
import { addExact, addTraces, type Sent, settledCounts } from './check-image.ts';
import { type CountedLaws, LawTally } from './law-tally.ts';
import { layerLosses } from './layer-losses.ts';
import { imagesTogether } from './record-memory.ts';

export interface TallyOptions {
  /** How many images will be added, at most, until they are taken. */
  readonly images: number;
  readonly steps: number;
  readonly schedule: Schedule;
  /** Radius of the balls to certify around the images; 0: none. */
  readonly radius: number;
  /** Architecture of the trained network; without it rates are compared with the clip of the neurons. */
  readonly architecture?: Architecture | undefined;
  /** Threads that have a tally each. Default: 1. */
  readonly threads?: number | undefined;
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

/** What some images have come to, as plain data. */
export interface Findings {
  readonly laws: CountedLaws;
  readonly anatomy: AnatomySums;
  readonly balls: BallResult | null;
  readonly others: readonly number[];
  readonly certified: number;
  /** Class of each image. */
  readonly folded: Uint16Array;
  readonly quantised: Uint16Array;
  readonly snn: Uint16Array;
  readonly foldedLogits: Float64Array;
}

/** Close it in the end: weights lie in the heap of its runtime. */
export class NetworkTally implements Closeable {
  readonly #network: SpikingNetwork;
  readonly #steps: number;
  /** Images that are checked at once. */
  readonly #together: number;
  readonly #settling: boolean;
  readonly #wiring: readonly LayerWiring[];
  readonly #laidOut: Closeable | null;
  readonly #tracer: Tracer | null;
  readonly #follow: Follow;
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
    const { images, steps, schedule, radius, architecture, runtime, threads = 1 } = options;
    this.#network = network;
    this.#steps = steps;
    this.#together = imagesTogether(network, IMAGES, threads);
    this.#settling = schedule === 'settling';
    this.#wiring = wiringOf(network);
    this.#laidOut = runtime ? accelerate(this.#wiring, runtime) : null;
    this.#tracer = runtime && !this.#settling ? openTracer(runtime) : null;
    this.#follow = this.#tracer?.follow ?? followPlainly;
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
   * The next images, which are checked some at a time: their values go through the weights together.
   * @param result a run with what the schedule needs recorded
   * @param pixels [images of the run, height, width, channels], as the network takes them
   * @param labels of the images of the run
   */
  add(result: SimulationResult, pixels: Float32Array, labels: ArrayLike<number>): void {
    for (let first = 0; first < result.images; first += this.#together) {
      const places = Array.from(
        { length: Math.min(this.#together, result.images - first) },
        (_, i) => first + i,
      );
      this.#addSome(result, places, pixels, labels);
    }
  }

  /** @param places of the images in the run */
  #addSome(
    result: SimulationResult,
    places: readonly number[],
    pixels: Float32Array,
    labels: ArrayLike<number>,
  ): void {
    const network = this.#network;
    const wiring = this.#wiring;
    const size = mapSize(network.input);
    const images = places.map((i) => pixels.subarray(i * size, (i + 1) * size));
    const constants = analogueCurrentsEach(network, wiring, images);
    const continuous = runFoldedEach(network, constants, wiring);
    const counterparts = this.#counterparts;
    const trained = counterparts ? runFoldedEach(network, constants, wiring, counterparts) : continuous;
    const ideal = runQuantisedEach(network, constants, this.#steps, wiring, this.#countOf);
    const claimed = places.map((i) => result.predictions[(this.#steps - 1) * result.images + i]!);
    places.forEach((_, i) => {
      const at = this.#images++;
      this.#foldedLogits.set(continuous[i]!.logits, at * network.classes);
      this.#foldedClasses[at] = argmax(continuous[i]!.logits);
      this.#quantisedClasses[at] = argmax(ideal[i]!.logits);
      this.#snnClasses[at] = claimed[i]!;
    });
    this.#balls?.add(
      constants.map((constant, i) => ({ constant, claimed: claimed[i]! })),
      places.map((place) => labels[place]!),
    );
    this.#anatomy.addEach(
      result,
      places.map((image, i) => ({ image, trained: trained[i]!, constant: constants[i]! })),
    );
    this.#checkLaws(result, places, images, continuous).forEach(({ counts, certified }, i) => {
      if (certified) this.#certified++;
      counts.forEach((found, l) => {
        this.#others[l]! += otherCounts(found, ideal[i]!.counts[l]!);
      });
    });
  }

  #checkLaws(
    result: SimulationResult,
    places: readonly number[],
    images: readonly Float32Array[],
    continuous: readonly FoldedRun[],
  ): Sent[] {
    if (!this.#settling)
      return addTraces(this.#laws, this.#network, result, places, continuous, this.#wiring, this.#follow);
    return places.map((place, i) => {
      const sent = settledCounts(result, place);
      addExact(this.#laws, this.#network, images[i]!, sent.counts, this.#steps, this.#wiring);
      return sent;
    });
  }

  /** What the images so far have come to; the tally begins anew. */
  take(): Findings {
    const images = this.#images;
    const taken = {
      laws: this.#laws.take(),
      anatomy: this.#anatomy.take(),
      balls: this.#balls?.take() ?? null,
      others: [...this.#others],
      certified: this.#certified,
      folded: this.#foldedClasses.slice(0, images),
      quantised: this.#quantisedClasses.slice(0, images),
      snn: this.#snnClasses.slice(0, images),
      foldedLogits: this.#foldedLogits.slice(0, images * this.#network.classes),
    };
    this.#others.fill(0);
    [this.#certified, this.#images] = [0, 0];
    return taken;
  }

  /** Adds what another tally with the same options took of the images after those of this one. */
  absorb(found: Findings): void {
    this.#laws.absorb(found.laws);
    this.#anatomy.absorb(found.anatomy);
    if (found.balls) this.#balls?.absorb(found.balls);
    found.others.forEach((others, l) => {
      this.#others[l]! += others;
    });
    this.#certified += found.certified;
    this.#foldedClasses.set(found.folded, this.#images);
    this.#quantisedClasses.set(found.quantised, this.#images);
    this.#snnClasses.set(found.snn, this.#images);
    this.#foldedLogits.set(found.foldedLogits, this.#images * this.#network.classes);
    this.#images += found.folded.length;
  }

  close(): void {
    this.#laidOut?.close();
    this.#tracer?.close();
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

function otherCounts(found: Int32Array, ideal: Int32Array): number {
  let others = 0;
  for (let n = 0; n < found.length; n++) if (found[n] !== ideal[n]) others++;
  return others;
}
