/**
 * @file An element-wise program as a WebAssembly kernel: every intermediate value in a register, several vectors of four floats at
 * a time, so that one constant fetched serves all of them.
 * Table: [rows][inputs] addresses of where a row begins in each input.
 */
import { defineTask, i32, ModuleBuilder, select, v128 } from '../assembler/assembler.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';
import type { Program } from './program.ts';
import { StepsCode } from './simd-steps.ts';

/** What every entry is told before the outputs' addresses. Lengths in values. */
export const MAP = ['table', 'rows', 'rowsPerTask', 'length', 'total'] as const;

const VECTORS = 2;

/** @param single which of the program's inputs have one value per row */
export function mapModule(
  program: Program,
  single: readonly boolean[],
  shared: boolean,
): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const names = [...MAP, ...program.outputs.map((_, k) => `output ${k}` as const)];
  defineTask(builder, 'map', names, (f, p) => {
    const { task, table, rows, rowsPerTask, length, total } = p;
    const outputs = program.outputs.map((_, k) => p[`output ${k}`]);
    const row = f.local('i32', i32.mul(task, rowsPerTask));
    const end = f.local('i32', i32.add(row, rowsPerTask));
    f.set(end, select('i32', end, rows, i32.lt_u(end, rows)));
    const begin = f.local('i32', i32.mul(row, length));
    const bytes = f.local('i32');
    const at = f.local('i32');
    const inputs = single.map(() => f.local('i32'));
    const results = outputs.map(() => f.local('i32'));
    const all = StepsCode.of(f, program, single, VECTORS);
    const first = all[0]!;

    const vectors = (access: Access, codes: readonly StepsCode[]): void => {
      codes.forEach((code, vector) => {
        const place = vector === 0 ? at : i32.add(at, 16 * vector);
        inputs.forEach((input, i) => {
          if (!single[i]) f.set(code.registers[i]!, access.load(i32.add(input, place)));
        });
      });
      for (const step of program.steps) for (const code of codes) code.write(step);
      codes.forEach((code, vector) => {
        const place = vector === 0 ? at : i32.add(at, 16 * vector);
        results.forEach((result, k) => {
          f.do(access.store(i32.add(result, place), code.number(program.outputs[k]!)));
        });
      });
    };

    f.while(i32.lt_u(row, end), () => {
      const entry = i32.add(table, i32.mul(row, 4 * single.length));
      inputs.forEach((input, i) => {
        f.set(input, i32.load(entry, 4 * i));
        if (single[i]) f.set(first.registers[i]!, v128.load32_splat(input));
      });
      results.forEach((result, k) => {
        f.set(result, i32.add(outputs[k]!, i32.shl(begin, 2)));
      });
      f.set(bytes, i32.sub(total, begin));
      f.set(bytes, i32.shl(select('i32', bytes, length, i32.lt_u(bytes, length)), 2));
      f.for(at, 0, i32.sub(bytes, 16 * VECTORS - 1), 16 * VECTORS, () => vectors(FOUR, all));
      f.while(i32.le_s(i32.add(at, 16), bytes), () => {
        vectors(FOUR, [first]);
        f.advance(at, 16);
      });
      f.while(i32.lt_s(at, bytes), () => {
        vectors(ONE, [first]);
        f.advance(at, 4);
      });
      f.advance(begin, length);
      f.advance(row, 1);
    });
  });
  return builder.bytes();
}
