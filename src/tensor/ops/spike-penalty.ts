import type { Tape } from '../tape.ts';
import type { Tensor } from '../tensor.ts';

/**
 * weight * mean(|y|) / theta: what the spikes of a layer cost, |y| / theta being its firing rate. y: any shape; theta: [1] or [channels].
 * theta counts as a constant here: otherwise the cheapest way to spike less would be a theta that runs away.
 * dy = weight * sign(y) / (theta * size).
 */
export function spikePenalty(tape: Tape, y: Tensor, theta: Tensor, weight: number): Tensor {
  const penalty = tape.result([1], [y]);
  const channels = theta.size;
  const prices = Float64Array.from(theta.data, (height) => weight / (height * y.size));
  let sum = 0;
  for (let i = 0, c = 0; i < y.size; i++) {
    sum += Math.abs(y.data[i]!) * prices[c]!;
    if (++c === channels) c = 0;
  }
  penalty.data[0] = sum;
  tape.record(penalty, (dpenalty) => {
    tape.receive(y, (dy) => {
      for (let i = 0, c = 0; i < dy.length; i++) {
        dy[i] = Math.sign(y.data[i]!) * prices[c]! * dpenalty[0]!;
        if (++c === channels) c = 0;
      }
    });
  });
  return penalty;
}
