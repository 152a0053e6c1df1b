/**
 * @file `unipolar` never sends a negative spike: the usual neuron of converted ReLU networks.
 *
 *     m = v + I
 *     s = 1 if m >= theta;  0 otherwise
 *     v = m - theta * s                                              (soft reset)
 *
 *     start             v0 = 0, so that its count rounds down; methods that train for it start at theta/2, so that it rounds
 *     range             s in {0, 1}
 *     stands for        clip(z, 0, theta): tReLU
 *     constant current  N = clip(floor(q), 0, T)                     0 <= v0 < theta     (L4)
 *     settles to        clip(floor(sum I / theta + 1/2), 0, T), by accumulating before it fires   (L17)
 *     laws              conservation (L1); its count depends on the order of its currents without bound (L8)
 *     SIMD              mode `fire`
 */
import { CONSERVATION, type Neuron } from './neuron.ts';
import { TRACE } from './tracer.ts';

export const unipolar: Neuron = {
  name: 'unipolar',
  says: 'fires at theta and has no negative spikes',
  rule: { phiUp: 1 },
  start: 0,
  range: { lowest: 0, highest: 1 },
  ideal: Math.floor,
  constantCount: roundDown,
  settling: { law: 'L17', emission: { ...TRACE, least: 0 }, simd: 'trace' },
  laws: { conservation: CONSERVATION },
  simd: { mode: 'fire' },
};

/** The count of a neuron that sends each whole theta it receives; a start outside [0, 1) would be sent, or owed, first. */
export function roundDown(start: number): ((ratio: number) => number) | null {
  return start >= 0 && start < 1 ? (ratio) => Math.floor(ratio + start) : null;
}
