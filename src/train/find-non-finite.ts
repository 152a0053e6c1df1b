import { forward } from '../nn/forward.ts';
import type { Model } from '../nn/model.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** The first layer whose output for `x` holds NaN or an infinity, or null. For the message when a loss is no number. */
export function findNonFinite(tape: Tape, model: Model, x: Tensor): string | null {
  let found: string | null = null;
  forward(tape, model, x, {
    onOutput: (layer, output) => {
      if (found === null && output.data.some((value) => !Number.isFinite(value))) found = layer.name;
    },
  });
  return found;
}
