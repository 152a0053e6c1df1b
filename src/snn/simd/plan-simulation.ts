/** @file How many images and steps of a simulation are held at once, and in which order layers and steps are run. */
import { accumulates } from '../accumulate.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { batchSize } from './batch-size.ts';
import { countedLayers } from './counted-layers.ts';
import type { Plan } from './plan.ts';

/** The largest window. A layer's weights are read once in a window, so that a longer one would gain little. */
const WINDOW = 16;
/** With more images than this a single layer is work enough for all lanes, and waves would only take more memory. */
const WAVE_IMAGES = 4;

/**
 * Decides how to run a request.
 * @param images how many will be simulated at once
 * @param products the layers that receive their spikes as matrix products
 */
export function planOf(
  network: SpikingNetwork,
  request: SimulationRequest,
  images: number,
  lanes: number,
  products: ReadonlySet<number>,
): Plan {
  const { schedule, steps, record = {}, stop } = request;
  const mixed = request.engine === 'products' ? 'products' : 'mixed';
  const engine = products.size === 0 ? 'events' : mixed;
  // Not where a stop may come: a network deeper than T has run nearly all its steps before its first answer comes out.
  const waves = engine === 'events' && schedule === 'streaming' && !stop && images <= WAVE_IMAGES;
  const window = windowOf(network, request, engine, waves);
  const counted = new Set([...countedLayers(network, request)].filter((l) => products.has(l)));
  const batch = Math.min(
    Math.max(1, images),
    batchSize(network, { engine, window, waves, counted, record, stops: stop !== undefined }),
  );
  return { engine, products, schedule, record, steps, window, batch, waves, counted, lanes };
}

function windowOf(
  network: SpikingNetwork,
  { schedule, steps, stop }: SimulationRequest,
  engine: Plan['engine'],
  waves: boolean,
): number {
  // accumulate-then-fire needs all its inputs first
  if (accumulates(network.neuron, schedule)) return steps;
  // one product takes many steps, unless an image may stop between two of them
  const stepByStep = schedule === 'streaming' && (stop !== undefined || engine === 'events');
  return stepByStep && !waves ? 1 : Math.min(steps, WINDOW);
}
