/**
 * @file L10, several spikes in one step. A neuron that sends k = trunc(m/theta) spikes in a step keeps abs(v_t) < theta
 * for any currents and any v0, so with v0 = 0 its count is floor(q) or ceil(q) without L2's premise.
 *
 * Proof. v' = m - theta*trunc(m/theta) has the sign of m and is smaller than theta. L1 holds with k in the place of s.
 */
import fc from 'fast-check';
import { holds, law, same } from '../support/law.ts';
import { neuronCases } from '../support/neuron-cases.ts';
import { sum } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

law(
  'L10',
  'multi-spike: k = trunc(m/theta) spikes a step keep abs(v_t) < theta for any current',
  neuronCases({ current: 6, v0: 3 }),
  ({ theta, v0, currents }) => {
    let v = v0;
    let count = 0;
    let worst = 0;
    for (const current of currents) {
      const k = Math.trunc((v + current) / theta);
      v += current - theta * k;
      count += k;
      worst = Math.max(worst, Math.abs(v) / theta);
    }
    const q = (sum(currents) + v0) / theta;
    holds(count === Math.floor(q) || count === Math.ceil(q), `floor or ceil of ${q}, found ${count}`);
    holds(worst < 1, `abs(v) < theta, found ${worst} theta`);
    return { value: worst, bound: 1 };
  },
);

const burst = (most: number) => ({ phiUp: 1, phiDown: Number.POSITIVE_INFINITY, burst: most });

law(
  'L10',
  'the burst neuron of src, without limit: v_t < theta for any current; N = floor(q) where no current is negative',
  neuronCases({ current: 6, v0: 3 }),
  ({ theta, v0, currents }) => {
    const any = runNeuron(currents, v0, theta, burst(Number.POSITIVE_INFINITY));
    const worst = Math.max(...any.potentials) / theta;
    holds(worst < 1, `v < theta, found ${worst} theta`);
    const sizes = currents.map(Math.abs);
    const upwards = runNeuron(sizes, Math.abs(v0), theta, burst(Number.POSITIVE_INFINITY));
    same(upwards.count, Math.floor((sum(sizes) + Math.abs(v0)) / theta), 'N');
    for (const v of upwards.potentials) holds(v >= 0 && v < theta, `0 <= v < theta, found ${v}`);
    return { value: worst, bound: 1 };
  },
);

law(
  'L10',
  'the burst neuron of src sends clip(floor(m/theta), 0, Gamma) spikes',
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
