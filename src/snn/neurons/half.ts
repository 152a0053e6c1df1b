/**
 * @file `half` fires where half a spike has gathered: its count rounds to the nearest.
 * q = (sum I + v0) / theta is the number of spikes that its input asks for, N the number that it sends.
 *
 *     m = v + I
 *     s = +1 if m >= theta/2;  -1 if m <= -theta/2;  0 otherwise
 *     v = m - theta * s                                              (soft reset)
 *
 *     start             v0 = 0
 *     range             s in {-1, 0, 1}
 *     stands for        clip(z, -theta, theta): stReLU
 *     constant current  N = clip(sign(q) * floor(abs(q) + 1/2), -T, T): a tie goes away from 0     (L7)
 *     ideal count       clip(floor(q + 1/2), -T, T): a tie goes up; the neuron itself may send either count
 *     settles to        clip(floor(q + 1/2), -T, T), by accumulating before it fires               (L17)
 *     laws              conservation (L1); abs(N - q) <= 1/2 where no current exceeds theta (L7); overload (L9)
 *     SIMD              mode `fire`
 */
import { CONSERVATION, type Neuron } from './neuron.ts';
import { TRACE } from './tracer.ts';

export const half: Neuron = {
  name: 'half',
  says: 'fires at +-theta/2, so that its count rounds to the nearest',
  rule: { phiUp: 0.5, phiDown: 0.5 },
  start: 0,
  range: { lowest: -1, highest: 1 },
  ideal: (q) => Math.floor(q + 0.5),
  undecided: (q) => Number.isInteger(q + 0.5),
  constantCount: (start) => (start === 0 ? roundAwayFromZero : null),
  settling: { law: 'L17', emission: TRACE, simd: 'trace' },
  laws: { conservation: CONSERVATION, count: { law: 'L7', bound: 0.5, strict: false }, overload: true },
  simd: { mode: 'fire' },
};

/** To the nearest whole number, ties away from 0. */
export function roundAwayFromZero(x: number): number {
  return Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
}
