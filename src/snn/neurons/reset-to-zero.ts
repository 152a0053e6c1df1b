/**
 * @file `reset-to-zero` is `unipolar` with a hard reset: what the potential had above theta is lost with every spike.
 *
 *     m = v + I
 *     s = 1 if m >= theta;  0 otherwise
 *     v = 0 after a spike;  m otherwise                              (hard reset)
 *
 *     start             v0 = 0
 *     range             s in {0, 1}
 *     stands for        clip(z, 0, theta), which its rate falls short of by what the resets lose
 *     constant current  N = floor(T / ceil(theta / z)) for z > 0 and v0 = 0; 0 otherwise
 *     ideal count       clip(floor(q), 0, T): what it is meant to send, and `unipolar` does
 *     settles to        nothing: what is lost cannot be sent later
 *     laws              theta*N + what the resets threw away is conserved (L1), theta*N alone is not
 *     SIMD              mode `resetToZero`
 */
import type { Neuron } from './neuron.ts';

export const resetToZero: Neuron = {
  name: 'reset-to-zero',
  says: 'fires at theta and starts again from 0',
  rule: { phiUp: 1, reset: 'zero' },
  start: 0,
  range: { lowest: 0, highest: 1 },
  ideal: Math.floor,
  laws: {
    conservation: {
      law: 'L1',
      says: 'theta*N + what resets to zero threw away = sum I + v0 - v_T (theta*N alone is not conserved)',
    },
  },
  simd: { mode: 'resetToZero' },
};
