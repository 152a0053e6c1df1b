/**
 * @file The event engine: only spikes travel. SIMD kernels on a heap and a team, or plain loops. The same machinery runs the
 * dense engine's fast form, where a layer's spikes are multiplied by its weights all at once (simd/products.ts).
 */
import { Heap } from '../memory/heap.ts';
import { LocalTeam } from '../memory/local-team.ts';
import type { Team } from '../memory/team.ts';
import { chargeGeometry, chargeSynapses, neurons } from './geometry.ts';
import type { NeuronKind, SpikingNetwork } from './network.ts';
import { spikeRange } from './neuron.ts';
import { simulatePlainEvents } from './plain-event-engine.ts';
import { MOST_ROWS } from './simd/group-memory.ts';
import { productBytes } from './simd/products.ts';
import { EventSimulator } from './simd/simulator.ts';
import { WAVE_PAGES } from './simd/wavefront.ts';
import type { Schedule, SimulateOptions, SimulationResult } from './simulation.ts';
import { Tally } from './tally.ts';

/** Spike lists and potentials of a batch may take this much of the heap. */
const BATCH_BYTES = 256 * 2 ** 20;
const BATCH_IMAGES = 16;
const WINDOW = 16;
/** Images times steps of a matrix product: enough for its packed weights to pay, and still in the cache. */
const FRAMES = 64;
/** With more images a single layer is work enough for all lanes, and waves would only take more memory. */
const WAVE_IMAGES = 4;

/** A network laid out in the heap: weights are packed once, then any number of images may follow. */
export interface PreparedEvents {
  /** Bytes of the heap held. */
  readonly bytes: number;
  /** images: [count, height, width, channels], normalised. */
  simulate(images: Float32Array<ArrayBufferLike>): SimulationResult;
  close(): void;
}

/** Steps kept at once. Layer by layer the weights are then read once for all of them. */
function windowSize(schedule: Schedule, neuron: NeuronKind, steps: number, waves: boolean): number {
  if (schedule === 'streaming') return waves ? Math.min(steps, WINDOW) : 1;
  // accumulate-then-fire needs all its inputs first
  return schedule === 'settling' && neuron !== 'tracer' ? steps : Math.min(steps, WINDOW);
}

/**
 * Several layers at once. Not where a stop may come: a network deeper than T has run nearly all its steps before the first
 * answer comes out, so there would be nothing left to save.
 */
const runsInWaves = (schedule: Schedule, images: number, { stop, engine }: SimulateOptions): boolean =>
  engine !== 'dense' && schedule === 'streaming' && !stop && images <= WAVE_IMAGES;

/** As many images as fill a product, if they fit. */
function denseBatch(network: SpikingNetwork, window: number, stop: boolean): number {
  if (stop) return 1;
  const { highest } = spikeRange(network.neuron);
  const charged = network.layers.map((layer) => layer.inputs.map((s) => chargeSynapses(network, layer, s)));
  const kept = network.layers.reduce((sum, { shape }) => sum + neurons(shape) * (8 + window * highest), 0);
  const bytes = kept + window * productBytes(charged);
  return Math.max(1, Math.min(Math.floor(FRAMES / window), Math.floor(BATCH_BYTES / bytes)));
}

/** Images that go through the layers together: as many as fit, at most 16; one if it may stop before the others. */
function batchSize(network: SpikingNetwork, window: number, waves: boolean, stop: boolean): number {
  if (stop) return 1;
  return Math.max(1, Math.min(BATCH_IMAGES, Math.floor(BATCH_BYTES / bytesPerImage(network, window, waves))));
}

/** Potentials, constant currents, masks and lists of all layers; lists of rows of the layer that needs most, or in waves of all. */
function bytesPerImage(network: SpikingNetwork, window: number, waves: boolean): number {
  const most = spikeRange(network.neuron).highest; // of one neuron and step
  let all = 0;
  let rows = 0;
  for (const layer of network.layers) {
    all += neurons(layer.shape) * (8 + window * 2.5 * most);
    for (const synapses of layer.inputs) {
      const { kind, kernelHeight, kernelWidth, map, out } = chargeGeometry(network, layer, synapses);
      if (kind === 'identity' || synapses.from < 0) continue;
      const slot = kernelHeight * kernelWidth * map[2] * synapses.pool ** 2 * 2 * most;
      const need = out[0] * out[1] * slot;
      rows = waves ? rows + need * WAVE_PAGES : Math.max(rows, need * window);
    }
  }
  return all + rows;
}

/** `images`: how many will come at once (fewer need less memory). */
export function prepareEvents(
  network: SpikingNetwork,
  options: SimulateOptions,
  images: number = BATCH_IMAGES,
): PreparedEvents {
  const pixels = neurons(network.input);
  const { steps, record = {}, onProgress } = options;
  const dense = options.engine === 'dense';
  const schedule = options.schedule ?? (options.stop ? 'streaming' : 'layered');
  const waves = runsInWaves(schedule, images, options);
  // step by step or layer by layer is the same for a product over steps, unless an image may stop between two
  const keeping = dense && schedule === 'streaming' && !options.stop ? 'layered' : schedule;
  const window = windowSize(keeping, network.neuron, steps, waves);
  const runtime = options.runtime ?? localRuntime();
  const stops = options.stop !== undefined;
  const most = dense ? denseBatch(network, window, stops) : batchSize(network, window, waves, stops);
  const batch = Math.min(images, most);
  const simulator = new EventSimulator(network, {
    heap: runtime.heap,
    team: runtime.team,
    dense,
    steps,
    window,
    waves,
    schedule,
    batch,
    record,
  });
  const { lanes } = runtime.team;
  const engine = dense ? 'dense' : 'event';
  const method = `${engine}, ${simulator.precision}, simd, ${lanes} ${lanes === 1 ? 'lane' : 'lanes'}`;
  return {
    bytes: simulator.bytes,
    close: () => simulator.close(),
    simulate(all) {
      const count = all.length / pixels;
      const tally = new Tally(network, count, options);
      const even = Math.ceil(count / Math.ceil(count / batch)); // no small rest, which would read all weights for few images
      for (let first = 0; first < count; first += even) {
        const end = Math.min(count, first + even);
        simulator.run(all.subarray(first * pixels, end * pixels), first, tally);
        onProgress?.(end);
      }
      return tally.result({ engine, schedule, method });
    },
  };
}

/** The SIMD kernels number a neuron's inputs in uint16. */
function countsRows(network: SpikingNetwork): boolean {
  return network.layers.every((layer) =>
    layer.inputs.every((synapses) => {
      const { kernelHeight, kernelWidth, map } = chargeGeometry(network, layer, synapses);
      return kernelHeight * kernelWidth * map[2] <= MOST_ROWS;
    }),
  );
}

/** images: [count, height, width, channels], normalised. Events by plain loops where a neuron has more than 65536 inputs. */
export function simulateEvents(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  options: SimulateOptions,
): SimulationResult {
  const event = options.engine !== 'dense';
  if (event && (options.kernels === 'reference' || !countsRows(network)))
    return simulatePlainEvents(network, images, options);
  const prepared = prepareEvents(network, options, images.length / neurons(network.input));
  try {
    return prepared.simulate(images);
  } finally {
    prepared.close();
  }
}

let local: { readonly heap: Heap; readonly team: Team } | undefined;

/** One heap for all who bring none. */
function localRuntime(): { readonly heap: Heap; readonly team: Team } {
  if (!local) {
    const heap = new Heap();
    local = { heap, team: new LocalTeam(heap) };
  }
  return local;
}
