/**
 * @file Runs a spiking network on images: checks what it is given, then hands it to an engine.
 */
import { InputError, UsageError } from '../errors.ts';
import { mapSize } from '../nn/architecture.ts';
import { simulateDense } from './engines/reference-engine.ts';
import { simulateEvents } from './engines/simd-engine.ts';
import type { SpikingNetwork } from './network.ts';
import { settles } from './neuron.ts';
import type { SimulateOptions, SimulationResult } from './simulation.ts';

/**
 * The image is a constant current at every step; the answer after t steps is the mean readout current.
 * @param images [count, height, width, channels], normalised as in training
 * @throws InputError when shapes do not fit; UsageError when steps < 1
 * @example
 * const result = simulate(snn, images, { steps: 8 });
 * accuracyBySteps(result, labels); // 8 percentages
 */
export function simulate(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  options: SimulateOptions,
): SimulationResult {
  checkRequest(network, images, options.steps);
  if (options.stop && options.schedule !== undefined && options.schedule !== 'streaming') {
    throw new UsageError(
      `stop: an image can stop early in schedule streaming only, found ${options.schedule}`,
    );
  }
  if (options.schedule === 'settling' && network.neuron === 'full') {
    throw new UsageError(
      'schedule: settling rounds, neuron full truncates; convert to neuron half or tracer',
      { code: 'settling-unfit' },
    );
  }
  if (options.schedule === 'settling' && !settles(network.neuron)) {
    throw new UsageError(
      `schedule: settling is for neurons half, rest, unipolar and tracer, found ${network.neuron}; use streaming or layered`,
    );
  }
  if (options.engine === 'dense' && options.kernels !== 'simd')
    return simulateDense(network, images, options);
  return simulateEvents(network, images, options);
}

function checkRequest(network: SpikingNetwork, images: ArrayLike<number>, steps: number): void {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new UsageError(`steps: expected a whole number >= 1, found ${steps}`);
  }
  const pixels = mapSize(network.input);
  if (images.length === 0 || images.length % pixels !== 0) {
    throw new InputError(
      `images: expected a multiple of ${network.input.join('x')} = ${pixels} numbers, found ${images.length}; use the data set the network was trained on`,
    );
  }
  const readout = network.layers.at(-1);
  if (!readout || mapSize(readout.shape) !== network.classes) {
    throw new InputError(
      `${network.name}: expected a readout of ${network.classes} classes; convert the network again`,
    );
  }
  for (const layer of network.layers.slice(0, -1)) {
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
