/**
 * @file T10, several spikes in one step. A neuron that sends k = trunc(m/theta) spikes in a step keeps abs(v_t) < theta
 * for any currents and any v0, so with v0 = 0 its count is floor(q) or ceil(q) without T2's premise.
 *
 * Proof. v' = m - theta*trunc(m/theta) has the sign of m and is smaller than theta. T1 holds with k in the place of s.
 */
import { neuronCases, sum } from './cases.ts';
import { holds, law } from './law.ts';

law(
  'T10',
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
