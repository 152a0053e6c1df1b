import type { Tensor } from '../../tensor/interfaces.ts';

/**
 * The mean square of the differences. A loss of one's own is a function like this one: any tensor methods, one number at the end.
 * @example
 * mse(tape.array([1, 2]), tape.array([0, 4])).item(); // 2.5
 */
export function mse(prediction: Tensor, target: Tensor): Tensor {
  return prediction.sub(target).square().mean();
}
