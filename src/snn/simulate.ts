/**
 * @file Runs a spiking network on images: checks what it is given, then hands it to one of the engines.
 *
 *     engine       spikes become currents                                   file
 *     events       a row of weights is added for each spike, no more        engines/simd-engine.ts, engines/plain-event-engine.ts
 *     products     a layer's spikes times its weights, a matrix product     engines/simd-engine.ts
 *     auto         for each layer that of the two which costs less          engines/auto-engine.ts, simd/choose-products.ts
 *     reference    every synapse is looked at: the definition               engines/reference-engine.ts
 *
 * Events and reference agree in every bit. So do products on a grid (grid.ts); elsewhere they round their sums in another order,
 * and a potential next to a threshold may come out on its other side.
 *
 * To follow one spike, read on in this order:
 *
 *     by definition   engines/reference-engine.ts (currents), engines/plain-run.ts (order), engines/population.ts (one layer),
 *                     step.ts (one neuron)
 *     by SIMD         engines/simd-engine.ts, simd/layer-by-layer.ts, simd/layer-jobs.ts (host), simd/program/float-kernel.ts,
 *                     simd/program/gather.ts (currents), simd/program/fire.ts (spikes)
 */
import { InputError } from '../errors.ts';
import { type Closeable, guarded } from '../memory/closeable.ts';
import { mapSize } from '../nn/architecture.ts';
import { AutoSimulator } from './engines/auto-engine.ts';
import { simulatePlainEvents } from './engines/plain-event-engine.ts';
import { simulateReference } from './engines/reference-engine.ts';
import { fitsSimd, Simulator } from './engines/simd-engine.ts';
import type { SpikingNetwork } from './network.ts';
import { kindOf, requestOf, type SimulationRequest } from './request.ts';
import type { SimulateOptions, SimulationResult } from './simulation.ts';

/**
 * The image is a constant current at every step; the answer after t steps is the mean readout current.
 * @param images [count, height, width, channels], normalised as in training
 * @throws InputError when shapes do not fit or a value is no finite number; UsageError for options that do not (request.ts)
 * @example
 * const result = simulate(snn, images, { steps: 8 });
 * accuracyBySteps(result, labels); // 8 percentages
 */
export function simulate(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  options: SimulateOptions,
): SimulationResult {
  const request = requestOf(network, options);
  checkImages(network, images);
  const simulation = open(network, request, images.length / mapSize(network.input));
  try {
    return simulation.simulate(images);
  } finally {
    simulation.close();
  }
}

/** A network made ready to be run: its weights are laid out once for any number of runs. Close it after use. */
export interface OpenSimulation extends Closeable {
  /** @param images [count, height, width, channels], normalised as in training */
  simulate(images: Float32Array<ArrayBufferLike>): SimulationResult;
}

/**
 * Makes a network ready for several runs with the same options.
 * @param images how many will come at once; any number may
 * @throws as `simulate`
 */
export function openSimulation(
  network: SpikingNetwork,
  options: SimulateOptions,
  images: number,
): OpenSimulation {
  return open(network, requestOf(network, options), images);
}

function open(network: SpikingNetwork, request: SimulationRequest, images: number): OpenSimulation {
  checkLayers(network);
  const plainly = (run: typeof simulateReference): OpenSimulation => {
    const { ends, mustBeOpen } = guarded('simulation', () => {});
    return {
      simulate(input) {
        mustBeOpen();
        checkImages(network, input);
        return run(network, input, request);
      },
      ...ends,
    };
  };
  if (request.engine === 'reference') return plainly(simulateReference);
  // the result's `method` says that events were run in plain loops
  const plain = request.kernels === 'reference' || !fitsSimd(network, request);
  if (request.engine !== 'products' && plain) return plainly(simulatePlainEvents);
  const simulator =
    request.engine === 'auto'
      ? new AutoSimulator(network, request, images)
      : new Simulator(network, request, images);
  const { ends, mustBeOpen } = guarded('simulation', () => simulator.close());
  return {
    simulate(input) {
      mustBeOpen();
      checkImages(network, input);
      return simulator.simulate(input);
    },
    ...ends,
  };
}

function checkImages({ input }: SpikingNetwork, images: Float32Array<ArrayBufferLike>): void {
  // Programs without types give bytes, or a data set; an array of another realm is as good as one of ours.
  if (kindOf(images) !== 'Float32Array')
    throw new InputError(
      `images: expected a Float32Array of normalised images, found ${kindOf(images)}; give it what normalised(dataset) gives`,
    );
  const pixels = mapSize(input);
  if (images.length === 0 || images.length % pixels !== 0)
    throw new InputError(
      `images: expected a multiple of ${input.join('x')} = ${pixels} numbers, found ${images.length}; use the data set the network was trained on`,
    );
  const bad = firstNonFinite(images);
  if (bad >= 0)
    throw new InputError(
      `images: expected finite numbers, found ${images[bad]} at ${bad} (image ${Math.floor(bad / pixels)}); look at the mean and deviation that they were normalised with`,
    );
}

function firstNonFinite(values: Float32Array<ArrayBufferLike>): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}

function checkLayers({ name, classes, layers }: SpikingNetwork): void {
  const found = layers.at(-1)?.shape.join('x') ?? 'none';
  if (found !== `1x1x${classes}`) {
    throw new InputError(
      `${name}: expected a readout with a map of 1x1x${classes}, found ${found}; convert the network again`,
    );
  }
  for (const layer of layers.slice(0, -1)) {
    const bad = layer.theta.findIndex((theta) => !(theta > 0));
    const fits = layer.theta.length === 1 || layer.theta.length === layer.shape[2];
    const biased = layer.bias.length === layer.shape[2] || layer.bias.length === mapSize(layer.shape);
    if (bad >= 0 || !fits || !biased) {
      throw new InputError(
        `${layer.name}: expected thresholds > 0 (1 or ${layer.shape[2]}) and ${layer.shape[2]} biases, found ${layer.theta.length} thresholds${bad >= 0 ? `, one is ${layer.theta[bad]}` : ''} and ${layer.bias.length} biases; convert the network again`,
      );
    }
  }
}
