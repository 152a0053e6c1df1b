/**
 * @file `full` fires where a whole spike has gathered: its count truncates.
 * q = (sum I + v0) / theta is the number of spikes that its input asks for, N the number that it sends.
 *
 *     m = v + I
 *     s = +1 if m >= theta;  -1 if m <= -theta;  0 otherwise
 *     v = m - theta * s                                              (soft reset)
 *
 *     start             v0 = 0
 *     range             s in {-1, 0, 1}
 *     stands for        clip(z, -theta, theta): stReLU
 *     constant current  N = clip(trunc(q), -T, T)                    (L4)
 *     settles to        nothing: the exact modes round, this neuron truncates
 *     laws              conservation (L1); abs(N - q) < 1 where no current exceeds theta (L3); overload (L9)
 *     SIMD              mode `fire`
 */
import { CONSERVATION, type Neuron } from './neuron.ts';

export const full: Neuron = {
  name: 'full',
  says: 'fires at +-theta, so that its count truncates',
  rule: { phiUp: 1, phiDown: 1 },
  start: 0,
  range: { lowest: -1, highest: 1 },
  ideal: Math.trunc,
  constantCount: (start) => (start === 0 ? Math.trunc : null),
  laws: { conservation: CONSERVATION, count: { law: 'L3', bound: 1, strict: true }, overload: true },
  simd: { mode: 'fire' },
};
