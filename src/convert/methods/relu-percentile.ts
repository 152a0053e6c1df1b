/**
 * @file ReLU with thresholds at the 99.9 % quantile of the activations seen: a little clipping for fewer steps.
 *
 *     theta_l = q with a_l <= q for 99.9 % of the activations       v0 = 0, soft reset
 */
import { unipolar } from '../../snn/neurons/unipolar.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { observedThreshold } from './observed-threshold.ts';

export const reluPercentile: ConversionMethod = {
  name: 'relu-percentile',
  source: '99.9 % normalisation: Rueckauer et al., Frontiers in Neuroscience 2017',
  activations: ['relu'],
  neurons: [unipolar],
  needsCalibration: true,
  initialPotential: () => 0,
  thresholds: (_network, layer, calibration) => observedThreshold(layer.name, calibration),
};
