import { f32x4 } from '../../assembler/assembler.ts';
import { instruction, type Operation } from '../operation.ts';

/** Divides the other way round. */
const under: Operation = instruction(
  'under',
  (b, a) => a / b,
  (b, a) => f32x4.div(a, b),
);

/** y = 1 / x. */
export const reciprocal: Operation = {
  name: 'reciprocal',
  formula: (x) => x.apply(under, 1),
  slopes: (y) => [y.square().neg()],
};
