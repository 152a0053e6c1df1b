/**
 * @file Bias correction, layer after layer:  b_c = b_c + d_c,  d_c = mean(a_c) - mean(theta_c * N_c / T)  over calibration
 * images and positions. What it does to the error e of a channel's mean rate at T, mean(a) - mean(theta*N/T), is proven for
 * unipolar neurons with soft reset:
 *
 *     e > 0:  -theta/T < e' <= e        e < 0:  e <= e' < theta/T        so abs(e') <= max(abs(e), theta/T)
 *
 * Proof, d = e > 0 (else exchange the two runs). A neuron that gets d more at each step has sent D_t >= 0 more spikes after t
 * steps: where both have sent the same, the larger potential fires if the other does; elsewhere it is ahead already. D grows at
 * step t only if m' >= theta > m, where m' - m = t*d - theta*D_{t-1} > 0; so theta*D_t < t*d + theta. After T steps
 * its rate is higher by at least 0 and by less than d + theta/T, and so is the channel's mean.
 */
import { InputError } from '../../errors.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import type { Calibration, RunCalibration } from '../calibration.ts';
import { runUpTo } from './calibration-run.ts';

/**
 * The network with corrected biases.
 * @throws InputError when a layer's activations were not observed
 */
export function correctBiases(network: SpikingNetwork, calibration: RunCalibration): SpikingNetwork {
  const layers = [...network.layers];
  for (let l = 0; l + 1 < layers.length; l++) {
    const layer = layers[l]!;
    const error = meanErrors({ ...network, layers }, l, calibration);
    layers[l] = { ...layer, bias: layer.bias.map((b, i) => b + error[i % error.length]!) };
  }
  return { ...network, layers };
}

/** [channels] of layer l: mean activation of the trained network minus mean rate theta*N/T, over images and positions. */
export function meanErrors(network: SpikingNetwork, l: number, calibration: RunCalibration): Float64Array {
  const layer = network.layers[l]!;
  const channels = layer.shape[2];
  const sums = new Float64Array(channels);
  let neurons = 0;
  runUpTo(network, l, calibration, 'counts', ({ counts }) => {
    counts!.forEach((count, i) => {
      sums[i % channels]! += count;
    });
    neurons += counts!.length;
  });
  const each = neurons / channels;
  const { theta } = layer;
  return meanActivations(layer, calibration).map(
    (mean, c) => mean - (theta[theta.length > 1 ? c : 0]! * sums[c]!) / (each * calibration.steps),
  );
}

function meanActivations({ name, shape }: SpikingLayer, { activations }: Calibration): Float64Array {
  const channels = shape[2];
  const seen = activations.get(name);
  if (!seen || seen.length === 0 || seen.length % channels !== 0) {
    throw new InputError(
      `${name}: expected activations of ${channels} channels, found ${seen?.length ?? 'none'}; pass those of the calibration images`,
    );
  }
  const sums = new Float64Array(channels);
  for (let i = 0; i < seen.length; i++) sums[i % channels]! += seen[i]!;
  return sums.map((sum) => sum / (seen.length / channels));
}
