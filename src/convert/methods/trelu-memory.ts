/**
 * @file Threshold ReLU to signed neurons with memory (see relu-memory), with the trained thresholds:
 *
 *     s = +1 if m >= theta; -1 if m <= -theta and sent > 0; 0 otherwise        v0 = 0, soft reset
 */
import { memory } from '../../snn/neurons/memory.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { trainedThresholds } from './trained-thresholds.ts';

export const treluMemory: ConversionMethod = {
  name: 'trelu-memory',
  source: 'signed neuron with memory: Wang, Zhang, Chen, Qu, IJCAI 2022; on threshold ReLU',
  activations: ['trelu'],
  neurons: [memory],
  needsCalibration: false,
  initialPotential: () => 0,
  thresholds: trainedThresholds,
};
