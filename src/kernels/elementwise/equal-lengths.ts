import type { Floats, Kernels } from '../kernels.ts';
import { add, mul } from './operations/index.ts';
import { MapProgram } from './program.ts';
import { flatRows } from './rows.ts';
import { Traced } from './traced.ts';

const inputs = [Traced.input(0), Traced.input(1)];
const PROGRAMS = {
  add: new MapProgram([Traced.of(add, inputs)]),
  multiply: new MapProgram([Traced.of(mul, inputs)]),
} as const;

/** y = a + b and y = a b for arrays of equal length, from the kernel that runs every program. */
export function equalLengths(map: Kernels['map']): Pick<Kernels, 'add' | 'multiply'> {
  const kernel =
    (program: MapProgram) =>
    (a: Floats, b: Floats, y: Floats): void =>
      map(program, [a, b], [y], flatRows(y.length, [false, false]));
  return { add: kernel(PROGRAMS.add), multiply: kernel(PROGRAMS.multiply) };
}
