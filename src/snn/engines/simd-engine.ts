/**
 * @file The SIMD engine, on a heap and a team of threads. Its two ways share everything but how spikes become currents: events add
 * a row of weights for each spike (simd/program/gather.ts), products multiply a layer's spikes by its weights (simd/run-product.ts).
 */
import { UsageError } from '../../errors.ts';
import { Arena } from '../../memory/arena.ts';
import type { Closeable } from '../../memory/closeable.ts';
import { Heap } from '../../memory/heap.ts';
import { LocalTeam } from '../../memory/local-team.ts';
import { mapSize } from '../../nn/architecture.ts';
import { accumulates } from '../accumulate.ts';
import { scaledSynapses, synapseGeometry } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import { runsOnSimd } from '../neurons/neuron.ts';
import { requestOf, type SimulationRequest } from '../request.ts';
import { putConstantCurrents } from '../simd/constant-currents.ts';
import { layOutAll } from '../simd/lay-out.ts';
import { advanceByLayer, putConstant } from '../simd/layer-by-layer.ts';
import type { HeldSteps, LayerMemory } from '../simd/layer-memory.ts';
import { type Machine, put } from '../simd/machine.ts';
import type { Plan } from '../simd/plan.ts';
import { planOf } from '../simd/plan-simulation.ts';
import { productKernels } from '../simd/product-kernels.ts';
import { eventProgram } from '../simd/program/program.ts';
import { forKernels, isDepthwise, MOST_ROWS } from '../simd/row-memory.ts';
import { tableBytes } from '../simd/run-jobs.ts';
import { tallyHeldSteps } from '../simd/tally-held-steps.ts';
import { advanceInWaves } from '../simd/wavefront.ts';
import type { SimulateOptions, SimulationResult } from '../simulation.ts';
import { Tally } from '../tally.ts';

/** How many images are expected at once, unless the caller says. */
const MANY = 16;

/** The kernels have a mode for its neurons; and events, which number a neuron's inputs in uint16, can number them all. */
export function fitsSimd(network: SpikingNetwork, request: SimulationRequest): boolean {
  if (!runsOnSimd(network.neuron, request.schedule)) return false;
  if (request.engine === 'products') return true;
  return network.layers.every((layer) =>
    layer.inputs.every((synapses) => {
      const geometry = synapseGeometry(network, layer, synapses);
      const { kernelHeight, kernelWidth, map } = geometry;
      return isDepthwise(geometry) || kernelHeight * kernelWidth * map[2] <= MOST_ROWS;
    }),
  );
}

/** A network laid out in the heap: its weights are packed once, then any number of images may follow. Close it after use. */
export class Simulator implements Closeable {
  readonly #network: SpikingNetwork;
  readonly #request: SimulationRequest;
  readonly #plan: Plan;
  readonly #arena: Arena;
  readonly #machine: Machine;
  readonly #layers: readonly LayerMemory[];

  /**
   * @param options engine events or products, with SIMD kernels
   * @param images how many will come at once (fewer need less memory)
   * @param products the layers that are computed by products; default: what the engine says, all or none
   * @throws UsageError for options that do not fit the network
   */
  constructor(
    network: SpikingNetwork,
    options: SimulateOptions,
    images: number = MANY,
    products: ReadonlySet<number> = new Set(options.engine === 'products' ? network.layers.keys() : []),
  ) {
    const request = requestOf(network, options);
    if (!fitsSimd(network, request))
      throw new UsageError(
        `${network.name}: expected a network that the SIMD engine can run, found ${network.neuron.name} neurons without a SIMD mode, or more than ${MOST_ROWS} inputs of one neuron; simulate() runs its events in plain loops`,
      );
    const { heap, team } = request.runtime ?? localRuntime();
    this.#network = network;
    this.#request = request;
    this.#plan = planOf(network, request, images, team.lanes, products);
    this.#arena = new Arena(heap, 2 ** 20);
    try {
      const scaled = network.layers.map((layer) =>
        layer.inputs.map((s) => forKernels(scaledSynapses(network, layer, s))),
      );
      this.#layers = layOutAll(network, scaled, this.#arena, this.#plan);
      const kernels = products.size > 0 ? productKernels(network, heap, team) : null;
      const jobs = this.#layers.reduce(
        (sum, { merges, queues, maxPools }) => sum + merges.length + queues.length + 2 * maxPools.length + 2,
        0,
      );
      const table = this.#arena.allocate(tableBytes(jobs));
      const program = eventProgram(heap, team);
      this.#machine = { heap, team, program, table, products: kernels, profile: request.profile ?? null };
    } catch (error) {
      this.#arena.close();
      throw error;
    }
  }

  /** Bytes of the heap held. */
  get bytes(): number {
    return this.#arena.capacity;
  }

  close(): void {
    this.#arena.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** images: [count, height, width, channels], normalised. */
  simulate(images: Float32Array<ArrayBufferLike>): SimulationResult {
    const { batch, schedule, lanes } = this.#plan;
    const { engine } = this.#request;
    const pixels = mapSize(this.#network.input);
    const count = images.length / pixels;
    const tally = new Tally(this.#network, count, this.#request);
    const even = Math.ceil(count / Math.ceil(count / batch)); // no small last batch, which would read all weights for few images
    for (let first = 0; first < count; first += even) {
      const end = Math.min(count, first + even);
      this.#runBatch(images.subarray(first * pixels, end * pixels), first, tally);
      this.#request.onProgress?.(end);
    }
    const precision = this.#layers.some(isInt8) ? 'int8' : 'float32';
    const method = `${engine}${engine === 'auto' ? this.#choice() : ''}, ${precision}, simd, ${lanes} ${lanes === 1 ? 'lane' : 'lanes'}`;
    return tally.result({ engine, schedule, method });
  }

  /** In words, which layers are computed by products. */
  #choice(): string {
    const names = this.#network.layers.filter((_, l) => this.#plan.products.has(l)).map(({ name }) => name);
    const taken = names.length > 0 ? `products in ${names.join(', ')}` : 'events in all layers';
    return ` (${this.#request.tune ? 'timed here: ' : ''}${taken})`;
  }

  /** images: [count <= batch, ...input]; the tally counts them from `first` on. */
  #runBatch(images: Float32Array<ArrayBufferLike>, first: number, tally: Tally): void {
    const { heap } = this.#machine;
    const { steps, window, schedule } = this.#plan;
    const count = images.length / mapSize(this.#network.input);
    putConstantCurrents(this.#machine, this.#network, this.#layers, images);
    for (const memory of this.#layers) {
      if (memory.sent) heap.f32(memory.sent, (count * memory.mapBytes) / 4).fill(0);
      for (const { state, stateBytes } of memory.maxPools) heap.i32(state, stateBytes / 4).fill(0);
      if (memory.masks) put(heap, memory.descriptor, { initial: 1 });
    }
    for (let from = 0; from < steps; from += window) {
      this.#advance({ first, count, from, now: Math.min(window, steps - from) }, tally);
      if (tally.mayStop(first, from + window - 1)) break;
      for (const memory of this.#layers) if (memory.masks) put(heap, memory.descriptor, { initial: 0 });
    }
    if (schedule === 'settling') this.#settle(first, count, tally);
  }

  /** Runs these steps and hands them to the tally; returns how many spikes there were. */
  #advance(held: HeldSteps, tally: Tally): number {
    const advance = this.#plan.waves ? advanceInWaves : advanceByLayer;
    advance(this.#machine, this.#layers, held.count, held.now);
    return tallyHeldSteps(this.#machine, this.#layers, held, tally);
  }

  /** An accumulated answer stands after T steps a layer; the other neurons run on without input until none fires. */
  #settle(first: number, count: number, tally: Tally): void {
    const { steps, window } = this.#plan;
    const waited = accumulates(this.#network.neuron, 'settling');
    for (let i = 0; i < count; i++) tally.settle(first + i, waited ? this.#layers.length * steps : steps);
    if (waited) return;
    for (const memory of this.#layers) putConstant(this.#machine, memory, false);
    for (let from = steps, spikes = 1; spikes > 0; from += window)
      spikes = this.#advance({ first, count, from, now: window }, tally);
    for (const memory of this.#layers) putConstant(this.#machine, memory, true);
  }
}

/** It adds up bytes, by events or in products. */
const isInt8 = ({ blocks, products }: LayerMemory): boolean =>
  blocks.precision === 'int8' || products.some(({ firstSums }) => firstSums !== null);

let local: SimulationRequest['runtime'];

/** The heap and team of every caller who passes no runtime. */
function localRuntime(): NonNullable<SimulationRequest['runtime']> {
  if (!local) {
    const heap = new Heap();
    local = { heap, team: new LocalTeam(heap) };
  }
  return local;
}
