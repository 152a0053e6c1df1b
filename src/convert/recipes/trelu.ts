/**
 * @file Threshold ReLU to unipolar neurons with v0 = theta/2, so that the spike count rounds instead of truncating:
 * at constant input the same effect as the bias shift of theta/(2T).
 */
import { trainedThresholds } from '../parameters.ts';
import type { Recipe } from '../recipe.ts';

export const trelu: Recipe = {
  name: 'trelu',
  source: 'threshold ReLU and shift: Deng and Gu, ICLR 2021',
  activations: ['trelu'],
  neurons: ['unipolar'],
  needsCalibration: false,
  initialPotential: () => 0.5,
  thresholds: (network, layer) => trainedThresholds(network, layer.name, layer.thetas),
};
