/** @file ReLU with thresholds at the largest activation seen: no clipping, many steps. */
import type { Recipe } from '../recipe.ts';
import { observedThreshold } from './observed.ts';

export const reluMax: Recipe = {
  name: 'relu-max',
  source: 'maximum normalisation: Diehl et al., IJCNN 2015',
  activations: ['relu'],
  neurons: ['unipolar'],
  needsCalibration: true,
  initialPotential: () => 0,
  thresholds: (_network, layer, calibration) => observedThreshold(layer.name, calibration, 1),
};
