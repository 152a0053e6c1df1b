/** @file The largest current that a layer can receive in one step: what number formats must hold. */
import { windowOfPool } from './geometry.ts';
import { onInt8Grid } from './grid.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from './network.ts';

/**
 * If every input sent its most spikes of the weight's sign at once, pixels of size 1 among them, in every place of its pool. On the
 * int8 grid weights contain the mean over the pool, elsewhere it is taken of currents.
 */
export function currentBound(network: SpikingNetwork, { shape, bias, inputs }: SpikingLayer): number {
  const channels = shape[2];
  const sums = new Float64Array(channels);
  for (let i = 0; i < bias.length; i++)
    sums[i % channels] = Math.max(sums[i % channels]!, Math.abs(bias[i]!));
  for (const synapses of inputs) {
    const { weight } = synapses;
    const most = mostSent(network, synapses);
    if (weight.length === 0) for (let c = 0; c < channels; c++) sums[c]! += most; // an identity
    for (let i = 0; i < weight.length; i++) sums[i % channels]! += Math.abs(weight[i]!) * most;
  }
  return sums.reduce((a, b) => Math.max(a, b), 0);
}

/** What a weight is multiplied by at most. */
function mostSent(network: SpikingNetwork, { from, pool }: Synapses): number {
  if (from < 0) return 1;
  const { highest } = network.neuron.range;
  if (onInt8Grid(network)) {
    const [height, width] = windowOfPool(pool).window;
    return highest * height * width;
  }
  return highest * network.layers[from]!.theta.reduce((a, b) => Math.max(a, b), 0);
}
