import type { Tensor } from '../../tensor/interfaces.ts';
import { spikePenalty as onTape, type SpikeCode } from '../../tensor/ops/spike-penalty.ts';
import { tapeOf } from '../../tensor/ops/tape-of.ts';

/**
 * What the spikes of a layer cost in one step, to be added to a loss: weight * mean(|y| / theta), for the code `rest`
 * weight * mean(y / theta + 1). theta counts as a constant.
 * @param y the layer's output, within [-theta, theta]
 * @param theta [1] or [channels]
 * @example
 * spikePenalty(tape.array([0.5, -1]), tape.array([1]), 2).item(); // 1.5
 */
export function spikePenalty(y: Tensor, theta: Tensor, weight: number, code: SpikeCode = 'half'): Tensor {
  return onTape(tapeOf('spikePenalty', [y]), y, theta, weight, code);
}
