/** @file Every element-wise operation as a program of its own, and numbers that it can meet. */
import fc from 'fast-check';
import type { Operation } from '../../../src/kernels/elementwise/operation.ts';
import * as all from '../../../src/kernels/elementwise/operations/index.ts';
import { MapProgram } from '../../../src/kernels/elementwise/program.ts';
import { Traced } from '../../../src/kernels/elementwise/traced.ts';

const { power, ...fixed } = all;

/** Name, operation and number of arguments. */
export const OPERATIONS: readonly (readonly [name: string, operation: Operation, arity: number])[] = [
  ...Object.entries(fixed).map(
    ([name, operation]) => [name, operation, arityOf(operation)] as [string, Operation, number],
  ),
  ...[-3, -1, 0, 0.5, 1, 2, 3, 8].map((n) => [`power ${n}`, power(n)!, 1] as [string, Operation, number]),
];

function arityOf({ name, instruction, formula }: Operation): number {
  if (name === 'clip' || name === 'where') return 3;
  return Math.max(1, (instruction?.plain ?? formula)?.length ?? 1) > 1 ? 2 : 1;
}

export function programOf(operation: Operation, arity: number): MapProgram {
  const inputs = Array.from({ length: arity }, (_, i) => Traced.input(i));
  return new MapProgram([Traced.of(operation, inputs)]);
}

/** Small numbers mostly, and all those that are special. */
export const numbers: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.float({ min: -8, max: 8, noNaN: true, noDefaultInfinity: true }) },
  { weight: 2, arbitrary: fc.float() },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      0,
      -0,
      1,
      -1,
      2,
      0.5,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ),
  },
);
