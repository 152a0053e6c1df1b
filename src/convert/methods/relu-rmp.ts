/**
 * @file Residual membrane potential: balanced thresholds as in relu-balanced, but soft reset, so that what m has above
 * theta stays in the membrane:
 *
 *     theta_l = max I_l over calibration images, neurons and steps 1..T        layers before l already balanced
 *     v = m - theta after a spike                                              v0 = 0
 *
 * Then theta*N = sum I + v0 - v_T (law L1). Our reading: the balancing run uses the same soft-reset neurons, and no
 * factor is put on the thresholds afterwards.
 */
import { unipolar } from '../../snn/neurons/unipolar.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { balanceThresholds, UNBALANCED } from './balance-thresholds.ts';

export const reluRmp: ConversionMethod = {
  name: 'relu-rmp',
  source: 'residual membrane potential: Han, Srinivasan, Roy, CVPR 2020',
  activations: ['relu'],
  neurons: [unipolar],
  needsCalibration: true,
  initialPotential: () => 0,
  thresholds: UNBALANCED,
  calibrate: balanceThresholds,
};
