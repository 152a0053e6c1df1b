import type { Random } from '../../random/random.ts';
import type { Tape, Tensor } from '../interfaces.ts';

/** Training: each value is 0 with probability `rate`, otherwise divided by (1 - rate), so that the mean stays. */
export function dropout(tape: Tape, x: Tensor, rate: number, random: Random): Tensor {
  const mask = tape.scratch(x.size);
  for (let i = 0; i < mask.length; i++) mask[i] = random.uniform() < rate ? 0 : 1 / (1 - rate);
  const y = tape.result(x.shape, [x]);
  tape.kernels.multiply(x.data, mask, y.data);
  tape.record(y, (dy) => tape.receive(x, (dx) => tape.kernels.multiply(dy, mask, dx)));
  return y;
}
