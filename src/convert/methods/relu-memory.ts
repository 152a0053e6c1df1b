/**
 * @file ReLU to signed neurons with memory: a neuron that has sent too much, because its positive inputs came first, takes
 * spikes back; it never owes any, so its count stays that of a ReLU:
 *
 *     s = +1 if m >= theta; -1 if m <= -theta and sent > 0; 0 otherwise        v0 = 0, soft reset
 *
 * Our reading: fires below at -theta (inclusive); the thresholds are those of relu-percentile, one per layer.
 */
import { memory } from '../../snn/neurons/memory.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { observedThreshold } from './observed-threshold.ts';

export const reluMemory: ConversionMethod = {
  name: 'relu-memory',
  source: 'signed neuron with memory: Wang, Zhang, Chen, Qu, IJCAI 2022',
  activations: ['relu'],
  neurons: [memory],
  needsCalibration: true,
  initialPotential: () => 0,
  thresholds: (_network, layer, calibration) => observedThreshold(layer.name, calibration),
};
