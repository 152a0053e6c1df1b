import type { Activation } from './activation.ts';

/** ReLU(x) = max(x, 0): no threshold; a conversion method must find one in the data. */
export const relu: Activation = {
  name: 'relu',
  definition: 'max(x, 0)',
  hasTheta: false,
  thetaStart: Number.POSITIVE_INFINITY,
  gain: Math.SQRT2,
  clip: () => ({ lower: 0, leak: 1, levels: 0, rounding: 'round' }),
};
