/**
 * @file What a simulation is asked and what it answers: plain data, the same from every engine and schedule.
 */

import type { Profile } from '../kernels/profile.ts';
import type { Heap } from '../memory/heap.ts';
import type { Team } from '../memory/team.ts';
import type { StopRule } from './early-stop.ts';
import type { TuningTable } from './tuning-table.ts';

/**
 * How spikes become currents. events: a row of weights is added for each spike, and where there is none nothing is done.
 * products: the spikes of a layer times its weights, for many images and steps at once (where layers wait for all T steps, their counts
 * once); faster where most neurons spike.
 * auto: for each layer that of the two which costs less at the density of its input, which the first images of a run show.
 * reference: the definition, in plain loops over every synapse; the slowest by far.
 */
export type EngineName = 'events' | 'products' | 'auto' | 'reference';

/**
 * In which order layers and steps are run. streaming: step by step, each through all layers. layered: layer by layer, each over
 * all steps. Both give the same spikes, bit for bit (and products, unless an image may stop, take many steps of a layer at once in
 * either). settling: the exact modes, where the answer at T is the quantised network's:
 * `tracer` neurons run on after their T inputs until they are silent (law L16); the others wait for T inputs and then send in T
 * slots (law L17).
 */
export type Schedule = 'streaming' | 'layered' | 'settling';

/** What a simulation is to keep besides its sums; nothing by default. */
export interface RecordOptions {
  /** s of each step. */
  readonly spikes?: boolean;
  /** v after each step. */
  readonly membrane?: boolean;
  /** I of each step. */
  readonly currents?: boolean;
  /** Sum of s over all steps, per neuron. */
  readonly counts?: boolean;
  /** Only of these layers (indices); all if absent. */
  readonly layers?: readonly number[];
}

/** What of layer l is to be put on record. */
export function recordOptionsOf(record: RecordOptions, l: number): RecordOptions {
  return record.layers === undefined || record.layers.includes(l) ? record : {};
}

/** Images by which the engine `auto` chooses. */
export const CHOOSING_IMAGES = 2;

/** How a network is to be run. Everything but `steps` has a default. */
export interface SimulateOptions {
  /** T >= 1. */
  readonly steps: number;
  /** @defaultValue 'events' */
  readonly engine?: EngineName;
  /**
   * Of engine auto: the layers, by index, that are computed by products. Whoever runs a data set in parts gives the same to all.
   * @defaultValue chosen by the first images: two, with `tune` 16
   */
  readonly products?: ReadonlySet<number>;
  /**
   * Of engine auto, for networks on a grid: each layer is timed both ways on the first 16 images, in place of fixed prices, unless the
   * table has its times; a new Map times all. What is taken then depends on the machine, the answers do not. Timing takes longer than it
   * saves on a few images. Images that may stop early are timed as if they did not.
   * @defaultValue layers are not timed
   */
  readonly tune?: TuningTable;
  /** @defaultValue 'settling' for neurons that are made for it (`tracer`), 'streaming' for all others */
  readonly schedule?: Schedule;
  /**
   * simd: kernels assembled to WebAssembly; reference: plain loops. Events have both, products only the former, the reference
   * engine only the latter: asking for what an engine has not is refused.
   * @defaultValue what the engine has, 'simd' for events
   */
  readonly kernels?: 'simd' | 'reference';
  /** Threads over one heap, for SIMD kernels: plain loops run on the calling thread. */
  readonly runtime?: { readonly heap: Heap; readonly team: Team };
  /** What to keep besides sums. Default: nothing. */
  readonly record?: RecordOptions;
  /** Lets an image end before T; streaming only. Its logits then stay as they are. */
  readonly stop?: StopRule;
  /**
   * Collects where the time goes, by layer: of SIMD kernels alone, and with up to four streaming images, whose layers run side by side, of
   * all layers together.
   */
  readonly profile?: Profile;
  /** Called now and then with the number of images that are done. */
  readonly onProgress?: (done: number) => void;
}

/** The activity of one layer, summed over all images. The readout has no spikes. */
export interface LayerActivity {
  readonly name: string;
  readonly neurons: number;
  /** `[steps]`: sum of abs(s). */
  readonly spikes: Float64Array<ArrayBuffer>;
  /** `[steps]`: accumulates that these spikes cause, abs(s) x exact fan-out. */
  readonly accumulates: Float64Array<ArrayBuffer>;
  /** Share of neuron-steps with abs(I) > theta; of neurons that wait for all T currents (L17), with abs(mean I) > theta. */
  readonly overload: number;
  /** `[steps]`: mean of abs(s) per neuron. */
  readonly density: Float64Array<ArrayBuffer>;
}

/** The record of one layer; each array is [images, steps, neurons], `counts` [images, neurons], and absent when not asked for. */
export interface LayerRecord {
  readonly name: string;
  /** s: -1, 0 or 1; up to 5 for bursts, up to 2 in rest coding. */
  readonly spikes?: Int8Array<ArrayBuffer>;
  /** v after the step, in the unit of the currents. */
  readonly membrane?: Float32Array<ArrayBuffer>;
  /** I of the step. */
  readonly currents?: Float32Array<ArrayBuffer>;
  /** N: the sum of s over all steps. */
  readonly counts?: Int32Array<ArrayBuffer>;
}

/** The answer of a simulation, and what it took. */
export interface SimulationResult {
  readonly engine: EngineName;
  readonly schedule: Schedule;
  /** What computed it, e.g. 'events, float32, simd, 2 lanes'. */
  readonly method: string;
  /** T. */
  readonly steps: number;
  readonly images: number;
  readonly classes: number;
  /** `[steps, images, classes]`: mean readout current after steps 1..T. */
  readonly logits: Float32Array<ArrayBuffer>;
  /** `[steps, images]`: largest logit, the first of equals. */
  readonly predictions: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** One for each layer; the last, the readout, has no spikes. */
  readonly layers: readonly LayerActivity[];
  /** One for each layer, the readout last; empty ones where nothing was asked for. */
  readonly record: readonly LayerRecord[];
  /** Settling only, [images]: steps until the answer stands. Spikes after step T are counted in the last step. */
  readonly latency?: Int32Array<ArrayBuffer>;
  /** With early stop only, [images]: steps that were run. */
  readonly stopped?: Int32Array<ArrayBuffer>;
}

/**
 * Percent of images whose class is right after each step: [steps].
 * @param labels of the images of the run, in their order
 * @example
 * accuracyBySteps(result, dataset.labels).length; // 8: one for each time step
 */
export function accuracyBySteps(result: SimulationResult, labels: ArrayLike<number>): number[] {
  return rightBySteps(result, labels).map((right) => (100 * right) / result.images);
}

/** Images whose class is right after each step: [steps]. */
export function rightBySteps(result: SimulationResult, labels: ArrayLike<number>): number[] {
  return Array.from({ length: result.steps }, (_, t) => {
    let right = 0;
    for (let i = 0; i < result.images; i++) {
      if (result.predictions[t * result.images + i] === labels[i]) right++;
    }
    return right;
  });
}
