import type { Operation, Value } from '../operation.ts';

/** The normal distribution's share below x. */
const share = (x: Value): Value => x.mul(Math.SQRT1_2).erf().add(1).mul(0.5);

/** y = x times the normal distribution's share below x (Hendrycks and Gimpel, arXiv:1606.08415), not its tanh approximation. */
export const gelu: Operation = {
  name: 'gelu',
  formula: (x) => x.mul(share(x)),
  slopes: (_, x) => {
    const density = x
      .square()
      .mul(-0.5)
      .exp()
      .mul(1 / Math.sqrt(2 * Math.PI));
    return [share(x).add(x.mul(density))];
  },
};
