/**
 * @file Gathers a simulation's result while an engine runs: logits, spikes, accumulates, overload, records. Every engine tells it
 * what happened through the methods below; nobody writes into what it holds.
 */
import { mapSize } from '../nn/architecture.ts';
import { argmax } from '../nn/argmax.ts';
import { type Stop, stopWhen } from './early-stop.ts';
import { fanOut } from './fan-out.ts';
import type { SpikingNetwork } from './network.ts';
import {
  type LayerActivity,
  type LayerRecord,
  recordOptionsOf,
  type SimulateOptions,
  type SimulationResult,
} from './simulation.ts';

/** What one layer did in some steps of one image, [steps, neurons] each. An engine may leave out what `recordsOf` does not ask for. */
export interface LayerSteps {
  readonly spikes?: Int8Array;
  /** v after each step. */
  readonly membrane?: Float32Array<ArrayBufferLike>;
  readonly currents?: Float32Array<ArrayBufferLike>;
}

export class Tally {
  /** T. */
  readonly steps: number;
  readonly #network: SpikingNetwork;
  readonly #images: number;
  readonly #logits: Float32Array<ArrayBuffer>;
  /** Per layer, [steps]. */
  readonly #spikes: readonly Float64Array<ArrayBuffer>[];
  readonly #accumulates: readonly Float64Array<ArrayBuffer>[];
  /** Per layer: neuron-steps with abs(I) > theta. */
  readonly #overloads: Float64Array<ArrayBuffer>;
  readonly #records: readonly LayerRecord[];
  /** Per layer and position: synapses of one neuron there. */
  readonly #fanOuts: readonly Float64Array<ArrayBuffer>[];
  /** `[images, classes]`: readout currents added up. */
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
    this.steps = steps;
    this.#network = network;
    this.#images = images;
    this.#stop = stop ? stopWhen(network, steps, stop) : null;
    this.#stopped = new Int32Array(images).fill(steps);
    this.#logits = new Float32Array(steps * images * network.classes);
    this.#latency = new Int32Array(images);
    this.#sums = new Float64Array(images * network.classes);
    this.#spikes = network.layers.map(() => new Float64Array(steps));
    this.#accumulates = network.layers.map(() => new Float64Array(steps));
    this.#overloads = new Float64Array(network.layers.length);
    this.#fanOuts = network.layers.map((_, l) => fanOut(network, l));
    this.#records = network.layers.map((layer, l) => {
      const each = images * mapSize(layer.shape);
      const spiking = l < network.layers.length - 1;
      const asked = recordOptionsOf(record, l);
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
  addReadout(image: number, t: number, currents: Float32Array<ArrayBufferLike> | Int32Array): void {
    const { classes, layers } = this.#network;
    const { scale } = layers.at(-1)!;
    const step = Math.min(t + 1, this.steps);
    for (let c = 0; c < classes; c++) {
      const sum = this.#sums[image * classes + c]! + currents[c]! * (scale?.[c] ?? 1);
      this.#sums[image * classes + c] = sum;
      this.#logits[((step - 1) * this.#images + image) * classes + c] = sum / step;
    }
    if (t < this.steps) this.#records.at(-1)!.currents?.set(currents, (image * this.steps + t) * classes);
  }

  /** After the readout of step t: true when this image may stop; its logits are then final. */
  mayStop(image: number, t: number): boolean {
    const { classes } = this.#network;
    const sums = this.#sums.subarray(image * classes, (image + 1) * classes);
    if (!this.#stop || t + 1 >= this.steps || !this.#stop(sums, t + 1)) return false;
    this.#stopped[image] = t + 1;
    const row = (step: number): number => (step * this.#images + image) * classes;
    for (let step = t + 1; step < this.steps; step++) {
      this.#logits.copyWithin(row(step), row(t), row(t) + classes);
    }
    return true;
  }

  /** Notes that an exact mode has its answer after this many steps; the largest number that is noted counts. */
  settle(image: number, steps: number): void {
    this.#latency[image] = Math.max(this.#latency[image]!, steps);
  }

  /** Spikes of layer l in step t and the accumulates that they cause; those of settling steps count in the last step. */
  addSpikes(l: number, t: number, spikes: number, accumulates: number): void {
    t = Math.min(t, this.steps - 1);
    this.#spikes[l]![t]! += spikes;
    this.#accumulates[l]![t]! += accumulates;
  }

  /** As `addSpikes`, for spikes of one position of the map: each causes as many accumulates as a neuron there has synapses. */
  addSpikesAt(l: number, t: number, position: number, spikes: number): void {
    this.addSpikes(l, t, spikes, spikes * this.#fanOuts[l]![position]!);
  }

  /** In this many neuron-steps of layer l, of the steps before T, abs(I) was above theta. */
  addOverloads(l: number, neuronSteps: number): void {
    this.#overloads[l]! += neuronSteps;
  }

  /** What of spiking layer l is asked for. */
  recordsOf(l: number): Readonly<Record<keyof LayerSteps, boolean>> {
    const { spikes, counts, membrane, currents } = this.#records[l]!;
    return {
      spikes: spikes !== undefined || counts !== undefined,
      membrane: membrane !== undefined,
      currents: currents !== undefined,
    };
  }

  /** Puts steps t, t + 1, ... of spiking layer l on record, as far as it was asked for. Steps from T on only add to the counts. */
  record(l: number, image: number, t: number, did: LayerSteps): void {
    const { spikes, membrane, currents, counts } = this.#records[l]!;
    const neurons = mapSize(this.#network.layers[l]!.shape);
    const at = (image * this.steps + t) * neurons;
    const end = Math.max(0, this.steps - t) * neurons;
    if (end > 0) {
      if (did.spikes) spikes?.set(did.spikes.subarray(0, end), at);
      if (did.membrane) membrane?.set(did.membrane.subarray(0, end), at);
      if (did.currents) currents?.set(did.currents.subarray(0, end), at);
    }
    if (!counts || !did.spikes) return;
    for (let first = 0; first < did.spikes.length; first += neurons)
      for (let i = 0; i < neurons; i++) counts[image * neurons + i]! += did.spikes[first + i]!;
  }

  result(how: Pick<SimulationResult, 'engine' | 'schedule' | 'method'>): SimulationResult {
    const { layers, classes } = this.#network;
    const images = this.#images;
    const ran = this.#stopped.reduce((sum, step) => sum + step, 0);
    return {
      ...how,
      steps: this.steps,
      images,
      classes,
      logits: this.#logits,
      predictions: predict(this.#logits, classes),
      layers: layers.map((layer, l): LayerActivity => {
        const neurons = mapSize(layer.shape);
        return {
          name: layer.name,
          neurons,
          spikes: this.#spikes[l]!,
          accumulates: this.#accumulates[l]!,
          overload: this.#overloads[l]! / (neurons * ran),
          density: this.#spikes[l]!.map((sum) => sum / (neurons * images)),
        };
      }),
      record: this.#records,
      ...(how.schedule === 'settling' && { latency: this.#latency }),
      ...(this.#stop && { stopped: this.#stopped }),
    };
  }
}

function predict(logits: Float32Array, classes: number): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: logits.length / classes }, (_, i) =>
    argmax(logits, i * classes, classes),
  );
}
