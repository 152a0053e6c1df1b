/**
 * @file Threshold ReLU without the shift, the baseline of trelu: v0 = 0, so that the count truncates:
 *
 *     N = clip(floor(T*x/theta), 0, T) for a constant current x
 */
import { unipolar } from '../../snn/neurons/unipolar.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { trainedThresholds } from './trained-thresholds.ts';

export const treluZero: ConversionMethod = {
  name: 'trelu-zero',
  source: 'threshold ReLU without its shift: Deng and Gu, ICLR 2021',
  activations: ['trelu'],
  neurons: [unipolar],
  needsCalibration: false,
  initialPotential: () => 0,
  thresholds: trainedThresholds,
};
