/**
 * @file `rest` says what `half` says in another code: it sends s + 1 spikes where half sends s, so that silence means -theta.
 * Where most neurons rest at -theta, few spikes are left. The network's biases make up for the spike too many (rest coding, L21).
 *
 *     m = v + I
 *     s = 0 if m <= theta;  1 if theta < m < 2 theta;  2 if m >= 2 theta
 *     v = m - theta * s                                              (soft reset)
 *
 *     start             v0 = theta/2
 *     range             s in {0, 1, 2}
 *     stands for        clip(z, 0, 2 theta): stReLU, theta higher
 *     constant current  N = T + what half sends for a current theta lower
 *     ideal count       clip(floor(q), 0, 2T): a tie goes up; the neuron itself may send either count
 *     settles to        clip(floor(sum I / theta + 1/2), 0, 2T), by accumulating before it fires   (L17)
 *     laws              conservation (L1)
 *     SIMD              mode `rest`, its emission mode `release`
 *
 * m = theta is silence, because half sends -1 at the tie -theta/2, and silence stands for -1. The emission rounds ties up.
 */
import { roundAwayFromZero } from './half.ts';
import { CONSERVATION, type Neuron } from './neuron.ts';

export const rest: Neuron = {
  name: 'rest',
  says: 'is half in a code where silence means -theta, one spike 0 and two spikes theta',
  rule: { phiUp: 1, burst: 2, strict: 'up' },
  start: 0.5,
  range: { lowest: 0, highest: 2 },
  silence: -1,
  ideal: Math.floor,
  undecided: Number.isInteger,
  constantCount: (start) =>
    start === 0.5 ? (ratio, steps) => steps + roundAwayFromZero(ratio - steps) : null,
  settling: { law: 'L17', emission: { phiUp: 1, burst: 2 }, simd: 'release' },
  laws: { conservation: CONSERVATION },
  simd: { mode: 'rest' },
};
