import type { Operation } from '../operation.ts';

/** x within [lower, upper]; at a bound the slope is x's. */
export const clip: Operation = {
  name: 'clip',
  formula: (x, lower, upper) => x.maximum(lower).minimum(upper),
  slopes: (_, x, lower, upper) => [
    x.greaterEqual(lower).mul(x.lessEqual(upper)),
    x.less(lower).mul(lower.lessEqual(upper)),
    x.maximum(lower).greater(upper),
  ],
};
