/**
 * @file `memory` is `unipolar` that remembers how many spikes it has sent, and can take them back, but no more.
 *
 *     m = v + I
 *     s = +1 if m >= theta;  -1 if m <= -theta and sent > 0;  0 otherwise
 *     v = m - theta * s,   sent = sent + s                           (soft reset)
 *
 *     start             v0 = 0
 *     range             s in {-1, 0, 1}, but N in 0..T
 *     stands for        clip(z, 0, theta): tReLU
 *     constant current  N = clip(floor(q), 0, T)                     0 <= v0 < theta
 *     settles to        nothing: no exact mode is defined for it
 *     laws              conservation (L1)
 *     SIMD              mode `remember`
 *
 * Source: Wang, Zhang, Chen, Qu, IJCAI 2022.
 */
import { CONSERVATION, type Neuron } from './neuron.ts';
import { roundDown } from './unipolar.ts';

export const memory: Neuron = {
  name: 'memory',
  says: 'fires at theta, and at -theta takes back a spike it has sent',
  rule: { phiUp: 1, phiDown: 1, least: 0 },
  start: 0,
  range: { lowest: -1, highest: 1 },
  rates: { lowest: 0, highest: 1 },
  ideal: Math.floor,
  constantCount: roundDown,
  laws: { conservation: CONSERVATION },
  simd: { mode: 'remember' },
};
