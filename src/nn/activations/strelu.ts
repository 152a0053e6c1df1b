import type { Activation } from './activation.ts';

/** stReLU(x; theta) = clip(x, -theta, theta): the symmetric-threshold ReLU. Odd, so errors of both signs can offset. */
export const strelu: Activation = {
  name: 'strelu',
  definition: 'clip(x, -theta, theta)',
  hasTheta: true,
  thetaStart: 1,
  gain: 1,
  clip: ({ levels, rounding }) => ({ lower: -1, leak: 1, levels, rounding }),
};
