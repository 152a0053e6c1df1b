/**
 * @file The event engine on the heap: prepares a network once, then runs batches of images through it.
 */
import { Arena } from '../../memory/arena.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { constantCurrent, sumWindows } from '../analogue.ts';
import { chargeSynapses, neurons } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { RecordOptions, Schedule } from '../simulation.ts';
import type { Tally } from '../tally.ts';
import { LAYER_FIELDS, type LayerField, Mode, QUEUE_FIELDS, type QueueField } from './descriptor.ts';
import { shareRows } from './group-memory.ts';
import { layOut } from './lay-out.ts';
import type { LayerMemory } from './layer-memory.ts';
import { eventProgram } from './program.ts';
import { readOut, takeCensus } from './readings.ts';
import { keepRecords } from './records.ts';
import { gridTasks } from './to-grid.ts';

export interface SimulatorOptions {
  readonly heap: Heap;
  readonly team: Team;
  /** T. */
  readonly steps: number;
  /** Steps of a layer before the next layer's turn. */
  readonly window: number;
  readonly schedule: Schedule;
  /** Images at once. */
  readonly batch: number;
  readonly record: RecordOptions;
}

export class EventSimulator {
  readonly #network: SpikingNetwork;
  readonly #options: SimulatorOptions;
  readonly #arena: Arena;
  readonly #program: Program;
  readonly #layers: readonly LayerMemory[];

  constructor(network: SpikingNetwork, options: SimulatorOptions) {
    const { heap, team, steps, window, batch, record } = options;
    this.#network = network;
    this.#options = options;
    this.#arena = new Arena(heap, 2 ** 20);
    this.#program = eventProgram(heap, team);
    const charged = network.layers.map((layer) => layer.inputs.map((s) => chargeSynapses(network, layer, s)));
    const extent = {
      images: batch,
      steps: window,
      limit: steps,
      lanes: team.lanes,
      record,
      settling: options.schedule === 'settling',
    };
    const rows = shareRows(charged, this.#arena, batch * window);
    const layers: LayerMemory[] = [];
    for (const synapses of charged) layers.push(layOut(network, synapses, layers, rows, this.#arena, extent));
    this.#layers = layers;
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
    const count = images.length / neurons(this.#network.input);
    this.#drive(images, count);
    for (const memory of this.#layers) {
      if (memory.sent) heap.f32(memory.sent, (count * memory.mapBytes) / 4).fill(0);
      if (memory.masks) this.#put(memory.descriptor, { initial: 1 });
    }
    for (let from = 0; from < steps; from += window) {
      this.#advance(count, Math.min(window, steps - from));
      this.#report(first, count, from, Math.min(window, steps - from), tally);
      if (tally.mayStop(first, from + window - 1)) break;
      for (const memory of this.#layers) if (memory.masks) this.#put(memory.descriptor, { initial: 0 });
    }
    if (schedule === 'settling') this.#settle(first, count, tally);
  }

  close(): void {
    this.#arena.dispose();
  }

  /** The constant currents. */
  #drive(images: Float32Array<ArrayBufferLike>, count: number): void {
    const { heap } = this.#options;
    const pixels = neurons(this.#network.input);
    for (const memory of this.#layers) {
      if (!memory.analogue) continue;
      const base = this.#get(memory.analogue, 'currents');
      const { padded } = memory.blocks;
      const plain = memory.pixels.some(({ synapses }) => synapses.kind === 'identity');
      for (let i = 0; i < count; i++) {
        const image = images.subarray(i * pixels, (i + 1) * pixels);
        if (plain) {
          const current = constantCurrent(this.#network, memory.layer, image);
          const channels = memory.layer.shape[2];
          const to = heap.f32(base + i * memory.positions * padded * 4, memory.positions * padded).fill(0);
          for (let n = 0; n < current.length; n++)
            to[Math.floor(n / channels) * padded + (n % channels)] = current[n]!;
        } else {
          for (const { synapses, address } of memory.pixels) {
            const length = neurons(synapses.map);
            heap.f32(address + i * length * 4, length).set(sumWindows(synapses, image));
          }
        }
      }
      if (!plain) this.#runLayer(memory, memory.analogue, count);
      if (!plain && this.#network.onGrid) {
        const bytes = count * memory.mapBytes;
        this.#options.team.run(this.#program, 'toGrid', gridTasks(bytes), [base, bytes]);
      }
    }
  }

  /** The next steps, layer by layer: currents and membranes, then the spike lists for the layers behind. */
  #advance(count: number, steps: number): void {
    const { team, window } = this.#options;
    for (const memory of this.#layers) {
      const [height, width] = memory.layer.shape;
      for (const group of memory.merges) {
        team.run(this.#program, 'merge', count * height, [group, height, width, window, steps]);
      }
      this.#put(memory.descriptor, { endStep: steps });
      this.#runLayer(memory, memory.descriptor, count);
      for (const queue of memory.queues) {
        this.#put(queue.descriptor, { stepsNow: steps }, QUEUE_FIELDS);
        team.run(this.#program, 'collect', count * queue.mapHeight, [queue.descriptor]);
      }
    }
  }

  /** Tracers go on without input until none fires; for the others the answer stands after T steps a layer. */
  #settle(first: number, count: number, tally: Tally): void {
    const { steps, window } = this.#options;
    const tracer = this.#network.neuron === 'tracer';
    for (let i = 0; i < count; i++) tally.settle(first + i, tracer ? steps : this.#layers.length * steps);
    if (!tracer) return;
    for (const memory of this.#layers) this.#constant(memory, false);
    for (let from = steps, spikes = 1; spikes > 0; from += window) {
      this.#advance(count, window);
      spikes = this.#report(first, count, from, window, tally);
    }
    for (const memory of this.#layers) this.#constant(memory, true);
  }

  /** Switches a layer's constant current on or off; without it potentials go on from where they are. */
  #constant(memory: LayerMemory, on: boolean): void {
    const { base, baseImage, basePosition } = on ? memory.constant : memory.silence;
    this.#put(memory.descriptor, { base, baseImage, basePosition, initial: on ? 1 : 0 });
  }

  #runLayer(memory: LayerMemory, descriptor: number, count: number): void {
    this.#put(descriptor, { images: count });
    const tasks = memory.blocks.count * count * memory.rowTasks;
    const entry = memory.blocks.precision === 'int8' ? 'layer8' : 'layer';
    const run = (): void => this.#options.team.run(this.#program, entry, tasks, [descriptor]);
    run();
    if (this.#get(descriptor, 'fires') !== Mode.accumulate) return;
    // all inputs are in: now the T slots of emission
    const [groups, currents] = [this.#get(descriptor, 'groups'), this.#get(descriptor, 'currents')];
    this.#constant(memory, false);
    this.#put(descriptor, { groups: 0, currents: 0, fires: Mode.trace });
    run();
    this.#put(descriptor, { groups, currents, fires: Mode.accumulate });
    this.#constant(memory, true);
  }

  /** Hands steps from..from+now-1 to the tally; returns how many spikes there were. */
  #report(first: number, count: number, from: number, now: number, tally: Tally): number {
    const { heap, team, steps, window, record } = this.#options;
    const kept = { first, count, from, now, window, steps };
    return this.#layers.reduce((spikes, memory, l) => {
      const fired = memory.masks ? takeCensus(heap, team, this.#program, memory, l, kept, tally) : 0;
      if (!memory.masks) readOut(heap, memory, this.#network.classes, kept, tally);
      if (record.spikes || record.membrane || record.currents || record.counts) {
        keepRecords(heap, memory, tally.records[l]!, kept);
      }
      return spikes + fired;
    }, 0);
  }

  #put(
    descriptor: number,
    values: Partial<Record<LayerField | QueueField, number>>,
    fields: readonly string[] = LAYER_FIELDS,
  ): void {
    const row = this.#options.heap.i32(descriptor, fields.length);
    for (const [field, value] of Object.entries(values)) row[fields.indexOf(field)] = value;
  }

  #get(descriptor: number, field: LayerField): number {
    return this.#options.heap.i32(descriptor + LAYER_FIELDS.indexOf(field) * 4, 1)[0]!;
  }
}
