/**
 * @file The event engine: only spikes travel. SIMD kernels on a heap and a team, or plain loops. The same machinery runs the
 * dense engine's fast form, where a layer's spikes are multiplied by its weights all at once (simd/products.ts).
 */
import { Heap } from '../../memory/heap.ts';
import { LocalTeam } from '../../memory/local-team.ts';
import type { Team } from '../../memory/team.ts';
import { mapSize } from '../../nn/architecture.ts';
import { synapseGeometry } from '../geometry.ts';
import type { NeuronKind, SpikingNetwork } from '../network.ts';
import { batchSize } from '../simd/batch-size.ts';
import { MOST_ROWS } from '../simd/group-memory.ts';
import { EventSimulator } from '../simd/simulator.ts';
import type { Schedule, SimulateOptions, SimulationResult } from '../simulation.ts';
import { Tally } from '../tally.ts';
import { simulatePlainEvents } from './plain-event-engine.ts';

const WINDOW = 16;
/** Images at once, unless said otherwise. */
const MANY = 16;
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

/** `images`: how many will come at once (fewer need less memory). */
export function prepareEvents(
  network: SpikingNetwork,
  options: SimulateOptions,
  images: number = MANY,
): PreparedEvents {
  const pixels = mapSize(network.input);
  const { steps, record = {}, onProgress } = options;
  const dense = options.engine === 'dense';
  const schedule = options.schedule ?? (options.stop ? 'streaming' : 'layered');
  const waves = runsInWaves(schedule, images, options);
  // step by step or layer by layer is the same for a product over steps, unless an image may stop between two
  const keeping = dense && schedule === 'streaming' && !options.stop ? 'layered' : schedule;
  const window = windowSize(keeping, network.neuron, steps, waves);
  const runtime = options.runtime ?? localRuntime();
  const batch = Math.min(
    images,
    batchSize(network, { window, waves, dense, stops: options.stop !== undefined }),
  );
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
      const { kernelHeight, kernelWidth, map } = synapseGeometry(network, layer, synapses);
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
  const prepared = prepareEvents(network, options, images.length / mapSize(network.input));
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
