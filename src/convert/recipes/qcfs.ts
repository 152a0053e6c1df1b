/**
 * @file Quantisation-clip-floor-shift activation to unipolar neurons with v0 = theta/2.
 * At T = L and an evenly spread input the spike count equals the activation's level.
 */
import { trainedThresholds } from '../parameters.ts';
import type { Recipe } from '../recipe.ts';

export const qcfs: Recipe = {
  name: 'qcfs',
  source: 'Bu, Fang, Ding, Dai, Yu, Huang, ICLR 2022',
  activations: ['qcfs'],
  neurons: ['unipolar'],
  needsCalibration: false,
  initialPotential: () => 0.5,
  thresholds: (network, layer) => trainedThresholds(network, layer.name, layer.thetas),
};
