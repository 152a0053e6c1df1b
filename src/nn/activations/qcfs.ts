import type { Activation } from './activation.ts';

/** QCFS(x; theta, L) = theta * clip(floor(x L / theta + 1/2) / L, 0, 1): quantisation clip-floor-shift (Bu et al., ICLR 2022). */
export const qcfs: Activation = {
  name: 'qcfs',
  definition: 'theta * clip(floor(x * L / theta + 1/2) / L, 0, 1)',
  hasTheta: true,
  thetaStart: 2,
  gain: Math.SQRT2,
  clip: ({ levels }) => ({ lower: 0, leak: 1, levels, rounding: 'round' }),
};
