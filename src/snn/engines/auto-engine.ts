/** @file The engine `auto`: the first images, by events, show how dense the spikes are; then each layer is run as costs less. */

import type { Closeable } from '../../memory/closeable.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { chooseProducts } from '../simd/choose-products.ts';
import type { SimulateOptions, SimulationResult } from '../simulation.ts';
import { Simulator } from './simd-engine.ts';

/** Images that show the densities. */
const FIRST = 2;

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
      chooseProducts(this.#network, this.#request.schedule, this.#densities(images)),
    );
    return this.#simulator.simulate(images);
  }

  /** Of each layer the mean over the first images and all steps of abs(s) per neuron. */
  #densities(images: Float32Array<ArrayBufferLike>): number[] {
    const { steps, schedule, runtime } = this.#request;
    const options: SimulateOptions = { steps, schedule, engine: 'events', ...(runtime && { runtime }) };
    const first = images.subarray(0, FIRST * mapSize(this.#network.input));
    const events = new Simulator(this.#network, options, FIRST);
    try {
      return events
        .simulate(first)
        .layers.map(({ density }) => density.reduce((sum, one) => sum + one, 0) / steps);
    } finally {
      events.close();
    }
  }
}
