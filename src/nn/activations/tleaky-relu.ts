import type { Activation } from './activation.ts';

/** tLeakyReLU(x; theta, a) = clip(x < 0 ? a x : x, -theta, theta): asymmetric, thresholds +theta and -theta / a in a neuron. */
export const tleakyRelu: Activation = {
  name: 'tleaky-relu',
  definition: 'clip(x < 0 ? leak * x : x, -theta, theta)',
  hasTheta: true,
  thetaStart: 2,
  gain: Math.SQRT2,
  clip: ({ leak, levels, rounding }) => ({ lower: -1, leak, levels, rounding }),
};
