/**
 * @file Quantisation-clip-floor-shift activation to unipolar neurons with v0 = theta/2:
 *
 *     QCFS(x) = theta * clip(floor(x*L/theta + 1/2) / L, 0, 1)        N = clip(floor(T*x/theta + 1/2), 0, T)
 *
 * for a constant current x; so at T = L the rate theta*N/T is the activation, exactly.
 */
import { unipolar } from '../../snn/neurons/unipolar.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { trainedThresholds } from './trained-thresholds.ts';

export const qcfs: ConversionMethod = {
  name: 'qcfs',
  source: 'Bu, Fang, Ding, Dai, Yu, Huang, ICLR 2022',
  activations: ['qcfs'],
  neurons: [unipolar],
  needsCalibration: false,
  initialPotential: () => 0.5,
  thresholds: trainedThresholds,
};
