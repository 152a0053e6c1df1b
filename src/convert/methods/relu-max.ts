/**
 * @file ReLU with thresholds at the largest activation seen: no clipping, many steps.
 *
 *     theta_l = max a_l over calibration images       v0 = 0
 *
 * The spikes are those of weights scaled by theta_{l-1} / theta_l and threshold 1 (law L18). The proposal's neuron resets
 * to zero; the default here is soft reset, which loses nothing.
 */
import { resetToZero } from '../../snn/neurons/reset-to-zero.ts';
import { unipolar } from '../../snn/neurons/unipolar.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { observedThreshold } from './observed-threshold.ts';

export const reluMax: ConversionMethod = {
  name: 'relu-max',
  source: 'maximum normalisation: Diehl et al., IJCNN 2015',
  activations: ['relu'],
  neurons: [unipolar, resetToZero],
  needsCalibration: true,
  initialPotential: () => 0,
  thresholds: (_network, layer, calibration) => observedThreshold(layer.name, calibration, 1),
};
