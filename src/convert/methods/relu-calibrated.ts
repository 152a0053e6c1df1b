/**
 * @file Light calibration: 99.9 % thresholds, v0 = theta/2, and then, layer after layer, a bias that removes the mean
 * error of each channel:
 *
 *     b_c = b_c + mean(a_c) - mean(theta_c * N_c / T)        over calibration images and positions, layers before l already corrected
 *
 * a: the ANN's activation, N: the spike count after T steps. The rates of channel c then move the right way, and by less
 * than one quantum theta/T too far (proof in correct-biases.ts). Our reading of the "light pipeline": hidden layers only,
 * biases only, the thresholds of relu-percentile in place of a search for the least squared error.
 */
import { unipolar } from '../../snn/neurons/unipolar.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { correctBiases } from './correct-biases.ts';
import { observedThreshold } from './observed-threshold.ts';

export const reluCalibrated: ConversionMethod = {
  name: 'relu-calibrated',
  source: 'SNN calibration, light pipeline: Li, Deng, Dong, Gong, Gu, ICML 2021',
  activations: ['relu'],
  neurons: [unipolar],
  needsCalibration: true,
  initialPotential: () => 0.5,
  thresholds: (_network, layer, calibration) => observedThreshold(layer.name, calibration),
  calibrate: correctBiases,
};
