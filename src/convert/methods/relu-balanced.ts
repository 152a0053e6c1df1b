/**
 * @file Threshold balancing ("Spike-Norm"): thresholds from the currents that the spiking network itself receives.
 *
 *     theta_l = max I_l over calibration images, neurons and steps 1..T        layers before l already balanced
 *     v = 0 after a spike                                                      hard reset, v0 = 0
 *
 * So no current on the calibration images exceeds its threshold. Our reading: I contains the bias and, in the first
 * layer, the image as a constant current in place of a Poisson train.
 */
import { resetToZero } from '../../snn/neurons/reset-to-zero.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { balanceThresholds, UNBALANCED } from './balance-thresholds.ts';

export const reluBalanced: ConversionMethod = {
  name: 'relu-balanced',
  source: 'threshold balancing (Spike-Norm): Sengupta et al., Frontiers in Neuroscience 2019',
  activations: ['relu'],
  neurons: [resetToZero],
  needsCalibration: true,
  initialPotential: () => 0,
  thresholds: UNBALANCED,
  calibrate: balanceThresholds,
};
