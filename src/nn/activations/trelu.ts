import type { Activation } from './activation.ts';

/** tReLU(x; theta) = clip(x, 0, theta): the threshold ReLU (Deng and Gu, ICLR 2021). */
export const trelu: Activation = {
  name: 'trelu',
  definition: 'clip(x, 0, theta)',
  hasTheta: true,
  thetaStart: 2,
  gain: Math.SQRT2,
  clip: ({ levels, rounding }) => ({ lower: 0, leak: 1, levels, rounding }),
};
