/**
 * @file L10, several spikes in one step: the burst neuron of src without its limit, alone and together with its
 * mirror image, which makes the two-sided neuron of the law; then with its limit, against the closed form.
 * Statement and proof: L10 in THEORY.md.
 */
import fc from 'fast-check';
import { step } from '../../src/snn/step.ts';
import { holds, law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const burst = (most: number) => ({ phiUp: 1, phiDown: Number.POSITIVE_INFINITY, burst: most });

const UNLIMITED = burst(Number.POSITIVE_INFINITY);

/** One step of a neuron that sends trunc(m / theta) spikes: the burst neuron of src, mirrored where m is negative. */
function bothWays(v: number, current: number, theta: number): { readonly s: number; readonly v: number } {
  if (v + current >= 0) return step(v, current, theta, UNLIMITED);
  const mirrored = step(-v, -current, theta, UNLIMITED);
  return { s: -mirrored.s, v: -mirrored.v };
}

law(
  'L10',
  'multi-spike: k = trunc(m/theta) spikes a step keep abs(v_t) < theta for any current',
  neuronCases({ current: 6, v0: 3 }),
  ({ theta, v0, currents }) => {
    let [v, count, worst] = [v0, 0, 0];
    for (const current of currents) {
      const fired = bothWays(v, current, theta);
      same(fired.s, Math.trunc((v + current) / theta), `spikes at m = ${v + current}`);
      [v, count] = [fired.v, count + fired.s];
      worst = Math.max(worst, Math.abs(v) / theta);
    }
    const q = (sum(currents) + v0) / theta;
    holds(count === Math.floor(q) || count === Math.ceil(q), `floor or ceil of ${q}, found ${count}`);
    holds(worst < 1, `abs(v) < theta, found ${worst} theta`);
    return { value: worst, bound: 1 };
  },
);

law(
  'L10',
  'the burst neuron, without limit: v_t < theta for any current; N = floor(q) where no current is negative',
  neuronCases({ current: 6, v0: 3 }),
  ({ theta, v0, currents }) => {
    const any = runNeuron(currents, v0, theta, UNLIMITED);
    const worst = Math.max(...any.potentials) / theta;
    holds(worst < 1, `v < theta, found ${worst} theta`);
    const sizes = currents.map(Math.abs);
    const upwards = runNeuron(sizes, Math.abs(v0), theta, UNLIMITED);
    same(upwards.count, Math.floor((sum(sizes) + Math.abs(v0)) / theta), 'N');
    for (const v of upwards.potentials) holds(v >= 0 && v < theta, `0 <= v < theta, found ${v}`);
    return { value: worst, bound: 1 };
  },
);

law(
  'L10',
  'the burst neuron sends clip(floor(m/theta), 0, Gamma) spikes',
  fc.tuple(neuronCases({ current: 9, v0: 3 }), fc.integer({ min: 1, max: 6 })),
  ([{ theta, v0, currents }, most]) => {
    const { spikes, potentials } = runNeuron(currents, v0, theta, burst(most));
    currents.forEach((current, t) => {
      const m = (t === 0 ? v0 : potentials[t - 1]!) + current;
      same(spikes[t]!, Math.max(0, Math.min(most, Math.floor(m / theta))), `spikes at m = ${m}`);
      same(potentials[t]!, m - theta * spikes[t]!, `v at m = ${m}`);
    });
  },
);
