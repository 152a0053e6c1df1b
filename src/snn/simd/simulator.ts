/**
 * @file The event engine on the heap: prepares a network once, then runs batches of images through it.
 */
import { Arena } from '../../memory/arena.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { constantCurrent, sumWindows } from '../analogue.ts';
import { neurons } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { RecordOptions, Schedule } from '../simulation.ts';
import type { Tally } from '../tally.ts';
import { LAYER_FIELDS, QUEUE_FIELDS } from './descriptor.ts';
import { type LayerMemory, layOut } from './layer-memory.ts';
import { eventProgram } from './program.ts';
import { keepRecords } from './records.ts';

export interface SimulatorOptions {
  readonly heap: Heap;
  readonly team: Team;
  readonly steps: number;
  readonly schedule: Exclude<Schedule, 'settling'>;
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
    const { heap, team, steps, batch, record } = options;
    this.#network = network;
    this.#options = options;
    this.#arena = new Arena(heap, 2 ** 20);
    this.#program = eventProgram(heap, team);
    const layers: LayerMemory[] = [];
    const extent = { images: batch, steps, lanes: team.lanes, record };
    network.layers.forEach((_, l) => {
      layers.push(layOut(network, l, layers, this.#arena, extent));
    });
    this.#layers = layers;
  }

  /** Bytes of the heap held. */
  get bytes(): number {
    return this.#arena.capacity;
  }

  /** images: [count <= batch, ...input]; the tally counts them from `first` on. */
  run(images: Float32Array<ArrayBufferLike>, first: number, tally: Tally): void {
    const { steps, schedule } = this.#options;
    const count = images.length / neurons(this.#network.input);
    this.#drive(images, count);
    if (schedule === 'layered') this.#advance(count, 0, steps);
    else for (let t = 0; t < steps; t++) this.#advance(count, t, t + 1);
    this.#report(first, count, tally);
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
      const base = this.#field(memory.analogue, 'currents');
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
    }
  }

  /** Steps from..to-1, layer by layer: currents and membranes, then the spike lists for the layers behind. */
  #advance(count: number, from: number, to: number): void {
    const { team } = this.#options;
    for (const memory of this.#layers) {
      this.#set(memory.descriptor, LAYER_FIELDS.indexOf('firstStep'), from);
      this.#set(memory.descriptor, LAYER_FIELDS.indexOf('endStep'), to);
      this.#runLayer(memory, memory.descriptor, count);
      for (const queue of memory.queues) {
        this.#set(queue.descriptor, QUEUE_FIELDS.indexOf('firstStep'), from);
        this.#set(queue.descriptor, QUEUE_FIELDS.indexOf('stepsNow'), to - from);
        team.run(this.#program, 'collect', count * (to - from) * queue.mapHeight, [queue.descriptor]);
      }
    }
  }

  #runLayer(memory: LayerMemory, descriptor: number, count: number): void {
    this.#set(descriptor, LAYER_FIELDS.indexOf('images'), count);
    const tasks = memory.blocks.count * count * memory.rowTasks;
    this.#options.team.run(this.#program, 'layer', tasks, [descriptor]);
  }

  #report(first: number, count: number, tally: Tally): void {
    const { heap, team, steps, record } = this.#options;
    this.#layers.forEach((memory, l) => {
      const { blocks, positions } = memory;
      if (memory.masks) {
        const { masks, fanOuts, totals } = memory;
        team.run(this.#program, 'census', count * steps, [masks, positions, blocks.count, fanOuts, totals]);
        const sums = heap.f64(totals, count * steps * 2);
        for (let moment = 0; moment < count * steps; moment++) {
          tally.spikes[l]![moment % steps]! += sums[moment * 2]!;
          tally.accumulates[l]![moment % steps]! += sums[moment * 2 + 1]!;
        }
        const overloads = heap.i32(memory.overloads, blocks.count * count * memory.rowTasks);
        for (const overload of overloads) tally.overloads[l]! += overload;
        overloads.fill(0);
      } else {
        const { classes } = this.#network;
        const stride = positions * blocks.padded;
        for (let i = 0; i < count; i++)
          for (let t = 0; t < steps; t++) {
            const row = heap.f32(memory.currents + (i * steps + t) * stride * 4, stride);
            tally.readout(first + i, t, row.subarray(0, classes));
          }
      }
      if (record.spikes || record.membrane || record.currents || record.counts) {
        keepRecords(heap, memory, tally.records[l]!, first, count, steps);
      }
    });
  }

  #set(descriptor: number, field: number, value: number): void {
    this.#options.heap.i32(descriptor + field * 4, 1)[0] = value;
  }

  #field(descriptor: number, field: (typeof LAYER_FIELDS)[number]): number {
    return this.#options.heap.i32(descriptor + LAYER_FIELDS.indexOf(field) * 4, 1)[0]!;
  }
}
