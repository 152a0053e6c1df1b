/**
 * @file `burst` is `unipolar` that sends up to Gamma spikes in one step.
 *
 *     m = v + I
 *     s = clip(floor(m / theta), 0, Gamma)
 *     v = m - theta * s                                              (soft reset)
 *
 *     start             v0 = 0
 *     range             s in 0..Gamma
 *     stands for        clip(z, 0, Gamma * theta): nearly a ReLU
 *     constant current  N = clip(floor(q), 0, Gamma * T)             0 <= v0 < theta     (L10)
 *     settles to        nothing: no exact mode is defined for it
 *     laws              conservation (L1)
 *     SIMD              mode `burst`
 */
import { CONSERVATION, type Neuron } from './neuron.ts';
import { roundDown } from './unipolar.ts';

/** Gamma, the most spikes in one step. */
export const BURST = 5;

export const burst: Neuron = {
  name: 'burst',
  says: `sends one spike for each whole theta, up to ${BURST} in a step`,
  rule: { phiUp: 1, burst: BURST },
  start: 0,
  range: { lowest: 0, highest: BURST },
  ideal: Math.floor,
  constantCount: roundDown,
  laws: { conservation: CONSERVATION },
  simd: { mode: 'burst' },
};
