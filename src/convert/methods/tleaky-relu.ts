/**
 * @file tLeakyReLU to neurons with asymmetric thresholds: theta above, -theta/a below, a the slope below 0:
 *
 *     tLeakyReLU(x) = clip(x < 0 ? a*x : x, -theta, theta)
 *     s = +1 if m >= theta; -1 if m <= -theta/a        v = m - theta after +1, m + theta/a after -1; v0 = 0
 *
 * A spike is worth theta either way, so a negative one stands for 1/a as much charge as a positive one: conserved is
 * theta*N+ - (theta/a)*N-, which the output theta*(N+ - N-) does not determine (law L19).
 */
import { leaky } from '../../snn/neurons/leaky.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { trainedThresholds } from './trained-thresholds.ts';

export const tleakyRelu: ConversionMethod = {
  name: 'tleaky-relu',
  source: 'asymmetric thresholds for tLeakyReLU (law L19): our definition',
  activations: ['tleaky-relu'],
  neurons: [leaky],
  needsCalibration: false,
  initialPotential: () => 0,
  thresholds: trainedThresholds,
};
