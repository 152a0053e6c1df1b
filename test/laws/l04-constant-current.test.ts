/**
 * @file L4, a constant current: what a `full` and a `unipolar` neuron send beside the closed form, for currents
 * inside and far outside the threshold.
 * Statement and proof: L4 in THEORY.md.
 */
import fc from 'fast-check';
import { full } from '../../src/snn/neurons/full.ts';
import { unipolar } from '../../src/snn/neurons/unipolar.ts';
import { holds, law, same } from '../support/law.ts';
import { constantCases } from '../support/neuron-cases.ts';
import { clip, constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L4',
  'constant current (full, v0 = 0): N = clip(trunc(T*x/theta), -T, T)',
  constantCases(4),
  ({ theta, x, steps }) => {
    const { count, spikes } = runNeuron(constant(x, steps), 0, theta, full.rule);
    same(count, clip(Math.trunc((steps * x) / theta), steps), 'N');
    holds(
      spikes.every((s) => s === 0 || s === Math.sign(x)),
      'no spike of the wrong sign',
    );
    const [rate, activation] = [(theta * count) / steps, clip(x, theta)];
    holds(Math.abs(rate) <= Math.abs(activation), 'a rate that is never too large');
    const quanta = (Math.abs(rate - activation) * steps) / theta;
    holds(quanta < 1, `an error under 1 quantum, found ${quanta}`);
    return { value: quanta, bound: 1 };
  },
);

law(
  'L4',
  'unipolar with v0 = p*theta: N = clip(floor(T*x/theta + p), 0, T)',
  fc.tuple(constantCases(4), fc.integer({ min: 0, max: 7 })),
  ([{ theta, x, steps }, eighths]) => {
    const { count } = runNeuron(constant(x, steps), (theta * eighths) / 8, theta, unipolar.rule);
    const ideal = Math.floor((8 * steps * x + theta * eighths) / (8 * theta));
    same(count, Math.max(0, Math.min(steps, ideal)), 'N');
  },
);
