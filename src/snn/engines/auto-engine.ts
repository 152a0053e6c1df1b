/** @file The engine `auto`: the first images, by events, show how dense the spikes are; then each layer is run as costs less. */
import type { Closeable } from '../../memory/closeable.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { chooseProducts } from '../simd/choose-products.ts';
import { CHOOSING_IMAGES, type SimulateOptions, type SimulationResult } from '../simulation.ts';
import { fitsSimd, Simulator } from './simd-engine.ts';
import { tunedLayers } from './tuned-layers.ts';

/**
 * The layers that cost less by products at the densities of these images; none where only plain loops run the network.
 * @param images [count, height, width, channels], normalised; the first two are looked at, to tune the first 16
 */
export function productLayers(
  network: SpikingNetwork,
  request: SimulationRequest,
  images: Float32Array<ArrayBufferLike>,
): ReadonlySet<number> {
  if (!fitsSimd(network, request)) return new Set();
  const { steps, schedule, runtime } = request;
  const options: SimulateOptions = { steps, schedule, engine: 'events', ...(runtime && { runtime }) };
  const events = new Simulator(network, options, CHOOSING_IMAGES);
  try {
    const { layers } = events.simulate(images.subarray(0, CHOOSING_IMAGES * mapSize(network.input)));
    const densities = layers.map(({ density }) => density.reduce((sum, one) => sum + one, 0) / steps);
    const priced = chooseProducts(network, request, densities);
    return request.tune ? tunedLayers(network, request, request.tune, images, priced, densities) : priced;
  } finally {
    events.close();
  }
}

/** A network whose layers are run as its first images suggest: the same images in the same order give the same bits. */
export class AutoSimulator implements Closeable {
  readonly #network: SpikingNetwork;
  readonly #request: SimulationRequest;
  readonly #images: number;
  #simulator: Simulator | null = null;

  /** @param images how many will come at once (fewer need less memory) */
  constructor(network: SpikingNetwork, request: SimulationRequest, images: number) {
    this.#network = network;
    this.#request = request;
    this.#images = images;
  }

  close(): void {
    this.#simulator?.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** images: [count, height, width, channels], normalised. */
  simulate(images: Float32Array<ArrayBufferLike>): SimulationResult {
    this.#simulator ??= new Simulator(
      this.#network,
      this.#request,
      this.#images,
      this.#request.products ?? productLayers(this.#network, this.#request, images),
    );
    return this.#simulator.simulate(images);
  }
}
