/**
 * @file Symmetric-threshold ReLU to symmetric-threshold neurons: the trained theta is threshold and spike height,
 * weights stay as they are. `half` (fires at theta/2) rounds, `full` (fires at theta) truncates, `tracer` settles. `rest` is `half`
 * in another code, for networks whose neurons rest at -theta: silence stands for -theta, and few spikes are left (rest-coding.ts).
 */
import { full } from '../../snn/neurons/full.ts';
import { half } from '../../snn/neurons/half.ts';
import { rest } from '../../snn/neurons/rest.ts';
import { tracer } from '../../snn/neurons/tracer.ts';
import type { ConversionMethod } from '../conversion-method.ts';
import { trainedThresholds } from './trained-thresholds.ts';

export const strelu: ConversionMethod = {
  name: 'strelu',
  source:
    "after Han, Wang, Shen, Tang, Machine Intelligence Research 20(3), 2023; neurons half, tracer and rest are not that paper's (THEORY.md, precedents)",
  activations: ['strelu'],
  neurons: [half, full, tracer, rest],
  needsCalibration: false,
  initialPotential: (neuron) => neuron.start,
  thresholds: trainedThresholds,
};
