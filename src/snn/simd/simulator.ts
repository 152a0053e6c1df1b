/**
 * @file The event engine on the heap: prepares a network once, then runs batches of images through it.
 */

import { Arena } from '../../memory/arena.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Team } from '../../memory/team.ts';
import { mapSize } from '../../nn/architecture.ts';
import { scaledSynapses } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { RecordOptions, Schedule } from '../simulation.ts';
import type { Tally } from '../tally.ts';
import { drive } from './drive.ts';
import { layOutAll } from './lay-out.ts';
import { advanceByLayer, putConstant } from './layer-by-layer.ts';
import type { LayerMemory } from './layer-memory.ts';
import { type Machine, put } from './machine.ts';
import { productKernels } from './products.ts';
import { eventProgram } from './program/program.ts';
import { readCensus, readOut, runCensus } from './readings.ts';
import { keepRecords } from './records.ts';
import { tableBytes } from './run-jobs.ts';
import { advanceInWaves } from './wavefront.ts';

export interface SimulatorOptions {
  readonly heap: Heap;
  readonly team: Team;
  /** Matrix products in place of events. */
  readonly dense: boolean;
  /** T. */
  readonly steps: number;
  /** Steps that are kept at once. */
  readonly window: number;
  /** Within a window: layers and steps side by side, or one layer after the other. */
  readonly waves: boolean;
  readonly schedule: Schedule;
  /** Images at once. */
  readonly batch: number;
  readonly record: RecordOptions;
}

export class EventSimulator {
  readonly #network: SpikingNetwork;
  readonly #options: SimulatorOptions;
  readonly #arena: Arena;
  readonly #machine: Machine;
  readonly #layers: readonly LayerMemory[];

  constructor(network: SpikingNetwork, options: SimulatorOptions) {
    const { heap, team, steps, window, waves, batch, record, schedule, dense } = options;
    this.#network = network;
    this.#options = options;
    this.#arena = new Arena(heap, 2 ** 20);
    const charged = network.layers.map((layer) => layer.inputs.map((s) => scaledSynapses(network, layer, s)));
    const settling = schedule === 'settling';
    const limits = { images: batch, steps: window, limit: steps, lanes: team.lanes };
    const extent = { ...limits, record, settling, waves, dense };
    this.#layers = layOutAll(network, charged, this.#arena, extent);
    const products = dense ? productKernels(network, heap, team) : null;
    const jobs = this.#layers.reduce((sum, { merges, queues }) => sum + merges.length + queues.length + 1, 0);
    const table = this.#arena.allocate(tableBytes(jobs));
    this.#machine = { heap, team, program: eventProgram(heap, team), table, products };
  }

  get precision(): string {
    return this.#layers.some(({ blocks }) => blocks.precision === 'int8') ? 'int8' : 'float32';
  }

  /** Bytes of the heap held. */
  get bytes(): number {
    return this.#arena.capacity;
  }

  /** images: [count <= batch, ...input]; the tally counts them from `first` on. */
  run(images: Float32Array<ArrayBufferLike>, first: number, tally: Tally): void {
    const { steps, window, schedule, heap } = this.#options;
    const count = images.length / mapSize(this.#network.input);
    drive(this.#machine, this.#network, this.#layers, images);
    for (const memory of this.#layers) {
      if (memory.sent) heap.f32(memory.sent, (count * memory.mapBytes) / 4).fill(0);
      if (memory.masks) put(heap, memory.descriptor, { initial: 1 });
    }
    for (let from = 0; from < steps; from += window) {
      this.#advance(count, Math.min(window, steps - from));
      this.#report(first, count, from, Math.min(window, steps - from), tally);
      if (tally.mayStop(first, from + window - 1)) break;
      for (const memory of this.#layers) {
        if (memory.masks) put(heap, memory.descriptor, { initial: 0 });
      }
    }
    if (schedule === 'settling') this.#settle(first, count, tally);
  }

  close(): void {
    this.#arena.close();
  }

  #advance(count: number, steps: number): void {
    const advance = this.#options.waves ? advanceInWaves : advanceByLayer;
    advance(this.#machine, this.#layers, count, steps);
  }

  /** Tracers go on without input until none fires; for the others the answer stands after T steps a layer. */
  #settle(first: number, count: number, tally: Tally): void {
    const { steps, window } = this.#options;
    const tracer = this.#network.neuron === 'tracer';
    for (let i = 0; i < count; i++) tally.settle(first + i, tracer ? steps : this.#layers.length * steps);
    if (!tracer) return;
    for (const memory of this.#layers) putConstant(this.#machine, memory, false);
    for (let from = steps, spikes = 1; spikes > 0; from += window) {
      this.#advance(count, window);
      spikes = this.#report(first, count, from, window, tally);
    }
    for (const memory of this.#layers) putConstant(this.#machine, memory, true);
  }

  /** Hands steps from..from+now-1 to the tally; returns how many spikes there were. */
  #report(first: number, count: number, from: number, now: number, tally: Tally): number {
    const { heap, steps, window, record } = this.#options;
    const kept = { first, count, from, now, window, steps };
    runCensus(this.#machine, this.#layers, kept);
    return this.#layers.reduce((spikes, memory, l) => {
      const fired = memory.masks ? readCensus(heap, memory, l, kept, tally) : 0;
      if (!memory.masks) readOut(heap, memory, this.#network.classes, kept, tally);
      if (record.spikes || record.membrane || record.currents || record.counts) {
        keepRecords(heap, memory, tally.records[l]!, kept);
      }
      return spikes + fired;
    }, 0);
  }
}
