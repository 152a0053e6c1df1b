/**
 * @file ReLU to burst neurons: up to Gamma = 5 spikes in one step, so that the charge left over is sent at once:
 *
 *     s = clip(floor(m / theta), 0, Gamma)        v = m - theta * s, v0 = 0
 *
 * The rate reaches Gamma * theta, so what lies above the threshold is not clipped; without the limit abs(v) < theta for
 * m >= 0 (law L10). Our reading: the thresholds are those of relu-percentile.
 */
import { burst } from '../../snn/neurons/burst.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { observedThreshold } from './observed-threshold.ts';

export const reluBurst: ConversionMethod = {
  name: 'relu-burst',
  source: 'burst spikes: Li and Zeng, IJCAI 2022',
  activations: ['relu'],
  neurons: [burst],
  needsCalibration: true,
  initialPotential: () => 0,
  thresholds: (_network, layer, calibration) => observedThreshold(layer.name, calibration),
};
