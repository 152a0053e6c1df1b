import type { Tape, Tensor } from '../interfaces.ts';

/** What is said in spikes: `half` sends y / theta of either sign and is silent at 0; `rest` sends y / theta + 1 and is silent at -theta (law L21). */
export type SpikeCode = 'half' | 'rest';

/**
 * What the spikes of a layer cost in one step, weight * mean(|y| / theta), and for `rest` weight * mean(y / theta + 1).
 * y: any shape, within [-theta, theta]; theta: [1] or [channels]. theta counts as a constant here: otherwise the cheapest way to
 * spike less would be a theta that runs away. dy = weight / (theta * size), times sign(y) for `half`.
 */
export function spikePenalty(
  tape: Tape,
  y: Tensor,
  theta: Tensor,
  weight: number,
  code: SpikeCode = 'half',
): Tensor {
  const penalty = tape.result([1], [y]);
  const channels = theta.size;
  const rest = code === 'rest';
  const prices = Float64Array.from(theta.data, (height) => weight / (height * y.size));
  let sum = 0;
  for (let i = 0, c = 0; i < y.size; i++) {
    sum += (rest ? y.data[i]! + theta.data[c]! : Math.abs(y.data[i]!)) * prices[c]!;
    if (++c === channels) c = 0;
  }
  penalty.data[0] = sum;
  tape.record(penalty, (dpenalty) => {
    tape.receive(y, (dy) => {
      for (let i = 0, c = 0; i < dy.length; i++) {
        dy[i] = (rest ? 1 : Math.sign(y.data[i]!)) * prices[c]! * dpenalty[0]!;
        if (++c === channels) c = 0;
      }
    });
  });
  return penalty;
}
