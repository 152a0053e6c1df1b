/**
 * @file Threshold ReLU to unipolar neurons with v0 = theta/2, so that the spike count rounds instead of truncating:
 *
 *     tReLU(x) = clip(x, 0, theta)        N = clip(floor(T*x/theta + 1/2), 0, T) for a constant current x
 *
 * The proposal adds theta/(2T) to the bias instead, which needs T beforehand. For a constant current both give the same
 * count at that T (T * theta/(2T) = theta/2 has come in by then), though not the same spikes before it; v0 needs no T.
 */
import { unipolar } from '../../snn/neurons/unipolar.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { trainedThresholds } from './trained-thresholds.ts';

export const trelu: ConversionMethod = {
  name: 'trelu',
  source: 'threshold ReLU and shift: Deng and Gu, ICLR 2021',
  activations: ['trelu'],
  neurons: [unipolar],
  needsCalibration: false,
  initialPotential: () => 0.5,
  thresholds: trainedThresholds,
};
