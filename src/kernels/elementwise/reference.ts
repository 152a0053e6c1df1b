/**
 * @file The plain loop of every element-wise program: instruction by instruction over blocks of registers. The registers have the
 * precision of the result, so that storing rounds to it.
 */
import type { Floats } from '../kernels.ts';
import type { MapProgram, Program } from './program.ts';
import type { Rows } from './rows.ts';

const BLOCK = 256;

/** outputs[k] = expression k of the inputs, row by row. An output may be an input of the same shape. */
export function map(
  program: MapProgram,
  inputs: readonly Floats[],
  outputs: readonly Floats[],
  rows: Rows,
): void {
  if (rows.total === 0) return;
  const double = outputs[0] instanceof Float64Array;
  const compiled = program.for(double ? 'float64' : 'float32');
  const registers = Array.from({ length: compiled.registers }, () =>
    double ? new Float64Array(BLOCK) : new Float32Array(BLOCK),
  );
  for (const { register, value } of compiled.constants) registers[register]!.fill(value);
  for (let row = 0; row < rows.count; row++) {
    const begin = row * rows.length;
    const length = Math.min(rows.length, rows.total - begin);
    for (let at = 0; at < length; at += BLOCK) {
      const count = Math.min(BLOCK, length - at);
      compiled.inputs.forEach((input, register) => {
        const { single, offsets } = rows.operands[input]!;
        const from = offsets[row]!;
        const x = inputs[input]!;
        if (single) registers[register]!.fill(x[from]!);
        else registers[register]!.set(x.subarray(from + at, from + at + count));
      });
      run(compiled, registers, count);
      compiled.outputs.forEach((register, k) => {
        outputs[k]!.set(registers[register]!.subarray(0, count), begin + at);
      });
    }
  }
}

function run({ steps }: Program, registers: readonly Floats[], count: number): void {
  for (const { instruction, from, to } of steps) {
    const [a, b, c] = from.map((register) => registers[register]!);
    const y = registers[to]!;
    if (!b) for (let i = 0; i < count; i++) y[i] = instruction.plain(a![i]!);
    else if (!c) for (let i = 0; i < count; i++) y[i] = instruction.plain(a![i]!, b[i]!);
    else for (let i = 0; i < count; i++) y[i] = instruction.plain(a![i]!, b[i]!, c[i]!);
  }
}
