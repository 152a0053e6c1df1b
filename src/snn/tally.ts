/**
 * @file Gathers a simulation's result while an engine runs: logits, spikes, accumulates, overload, records.
 */
import { mapSize } from '../nn/architecture.ts';
import { argmax } from '../nn/argmax.ts';
import { type Stop, stopWhen } from './early-stop.ts';
import { fanOut } from './fan-out.ts';
import type { SpikingNetwork } from './network.ts';
import {
  type LayerActivity,
  type LayerRecord,
  recordOf,
  type SimulateOptions,
  type SimulationResult,
} from './simulation.ts';

export class Tally {
  readonly network: SpikingNetwork;
  readonly images: number;
  readonly steps: number;
  readonly logits: Float32Array<ArrayBuffer>;
  /** Per layer, [steps]. */
  readonly spikes: readonly Float64Array<ArrayBuffer>[];
  readonly accumulates: readonly Float64Array<ArrayBuffer>[];
  /** Per layer: neuron-steps with abs(I) > theta. */
  readonly overloads: Float64Array<ArrayBuffer>;
  readonly records: readonly LayerRecord[];
  /** Per layer and position: synapses of one neuron there. */
  readonly fanOuts: readonly Float64Array<ArrayBuffer>[];
  readonly #sums: Float64Array;
  readonly #stop: Stop | null;
  readonly #stopped: Int32Array<ArrayBuffer>;
  readonly #latency: Int32Array<ArrayBuffer>;

  constructor(
    network: SpikingNetwork,
    images: number,
    options: Pick<SimulateOptions, 'steps' | 'record' | 'stop'>,
  ) {
    const { steps, record = {}, stop } = options;
    this.#stop = stop ? stopWhen(network, steps, stop) : null;
    this.#stopped = new Int32Array(images).fill(steps);
    this.network = network;
    this.images = images;
    this.steps = steps;
    this.logits = new Float32Array(steps * images * network.classes);
    this.#latency = new Int32Array(images);
    this.#sums = new Float64Array(images * network.classes);
    this.spikes = network.layers.map(() => new Float64Array(steps));
    this.accumulates = network.layers.map(() => new Float64Array(steps));
    this.overloads = new Float64Array(network.layers.length);
    this.fanOuts = network.layers.map((_, l) => fanOut(network, l));
    this.records = network.layers.map((layer, l) => {
      const each = images * mapSize(layer.shape);
      const spiking = l < network.layers.length - 1;
      const asked = recordOf(record, l);
      return {
        name: layer.name,
        ...(asked.spikes && spiking && { spikes: new Int8Array(each * steps) }),
        ...(asked.membrane && spiking && { membrane: new Float32Array(each * steps) }),
        ...(asked.currents && { currents: new Float32Array(each * steps) }),
        ...(asked.counts && spiking && { counts: new Int32Array(each) }),
      };
    });
  }

  /** The readout's current [classes] of step t = 0, 1, ...: call in the order of t. Steps from T on settle the answer. */
  readout(image: number, t: number, currents: ArrayLike<number>): void {
    const { classes, layers } = this.network;
    const { scale } = layers.at(-1)!;
    const step = Math.min(t + 1, this.steps);
    for (let c = 0; c < classes; c++) {
      const sum = this.#sums[image * classes + c]! + currents[c]! * (scale?.[c] ?? 1);
      this.#sums[image * classes + c] = sum;
      this.logits[((step - 1) * this.images + image) * classes + c] = sum / step;
    }
    if (t < this.steps) this.records.at(-1)!.currents?.set(currents, (image * this.steps + t) * classes);
  }

  /** After the readout of step t: true when this image may stop; its logits are then final. */
  mayStop(image: number, t: number): boolean {
    const { classes } = this.network;
    const sums = this.#sums.subarray(image * classes, (image + 1) * classes);
    if (!this.#stop || t + 1 >= this.steps || !this.#stop(sums, t + 1)) return false;
    this.#stopped[image] = t + 1;
    const row = (step: number): number => (step * this.images + image) * classes;
    for (let step = t + 1; step < this.steps; step++) {
      this.logits.copyWithin(row(step), row(t), row(t) + classes);
    }
    return true;
  }

  /** An exact mode has its answer after this many steps, or more if said again. */
  settle(image: number, steps: number): void {
    this.#latency[image] = Math.max(this.#latency[image]!, steps);
  }

  /** Spikes of one position in step t; those of settling steps count in the last. */
  count(l: number, t: number, position: number, spikes: number): void {
    t = Math.min(t, this.steps - 1);
    this.spikes[l]![t]! += spikes;
    this.accumulates[l]![t]! += spikes * this.fanOuts[l]![position]!;
  }

  /** Copies one step of one layer ([neurons] each) into the record, as far as it was asked for. */
  keep(
    l: number,
    image: number,
    t: number,
    s: Int8Array,
    v: ArrayLike<number>,
    current: ArrayLike<number>,
  ): void {
    const { spikes, membrane, currents, counts } = this.records[l]!;
    const at = (image * this.steps + t) * s.length;
    if (t < this.steps) {
      spikes?.set(s, at);
      membrane?.set(v, at);
      currents?.set(current, at);
    }
    if (counts) for (let i = 0; i < s.length; i++) counts[image * s.length + i]! += s[i]!;
  }

  result(how: Pick<SimulationResult, 'engine' | 'schedule' | 'method'>): SimulationResult {
    const { network, images, steps, logits } = this;
    const ran = this.#stopped.reduce((sum, step) => sum + step, 0);
    const layers = network.layers.map((layer, l): LayerActivity => {
      const count = mapSize(layer.shape);
      return {
        name: layer.name,
        neurons: count,
        spikes: this.spikes[l]!,
        accumulates: this.accumulates[l]!,
        overload: this.overloads[l]! / (count * ran),
        density: this.spikes[l]!.map((sum) => sum / (count * images)),
      };
    });
    const { classes } = network;
    const latency = how.schedule === 'settling' ? { latency: this.#latency } : {};
    const stopped = this.#stop ? { stopped: this.#stopped } : {};
    return {
      ...how,
      steps,
      images,
      classes,
      logits,
      predictions: predict(logits, classes),
      layers,
      record: this.records,
      ...latency,
      ...stopped,
    };
  }
}

function predict(logits: Float32Array, classes: number): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: logits.length / classes }, (_, i) =>
    argmax(logits, i * classes, classes),
  );
}
