/**
 * @file `tracer` takes spikes back: it follows the rounded count of what it has received so far, and once its inputs stop it
 * settles on it exactly, whatever their size and order.
 *
 *     m = v + I
 *     s = +1 if m >= theta and sent < T;  -1 if m < 0 and sent > -T;  0 otherwise
 *     v = m - theta * s,   sent = sent + s                           (soft reset)
 *
 *     start             v0 = theta/2
 *     range             s in {-1, 0, 1}
 *     stands for        clip(z, -theta, theta): stReLU
 *     constant current  N = clip(floor(q), -T, T) with v0 = theta/2 in q: it rounds, ties go up
 *     settles to        the same for any currents, by running on without input for at most 2T steps   (L16)
 *     laws              conservation (L1)
 *     SIMD              mode `trace`
 */
import type { FireRule } from '../step.ts';
import { CONSERVATION, type Neuron } from './neuron.ts';

/** Follows the count that the potential asks for, up and down, between -T and T. */
export const TRACE: FireRule = { phiUp: 1, phiDown: 0, strict: 'down', least: -1, most: 1 };

export const tracer: Neuron = {
  name: 'tracer',
  says: 'fires at theta, takes a spike back below 0, and settles on the rounded count',
  rule: TRACE,
  start: 0.5,
  range: { lowest: -1, highest: 1 },
  schedule: 'settling',
  ideal: Math.floor,
  constantCount: (start) => (start === 0.5 ? (ratio) => Math.floor(ratio + 0.5) : null),
  settling: { law: 'L16' },
  laws: { conservation: CONSERVATION },
  simd: { mode: 'trace' },
};
