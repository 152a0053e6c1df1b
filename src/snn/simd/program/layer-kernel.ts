/**
 * @file The entry of a layer kernel. Tasks are (block, image, rows), block outermost: its weights stay in the core's cache
 * over all images, positions and steps.
 */
import {
  defineFunction,
  defineTask,
  type FunctionBuilder,
  i32,
  type ModuleBuilder,
} from '../../../kernels/assembler/assembler.ts';
import type { Kernel } from './jobs.ts';
import { KERNELS } from './layouts/jobs.ts';
import { layer } from './reader.ts';
import type { Part } from './scan.ts';
import { divide } from './source.ts';

const PART = ['at', 'block', 'image', 'rows', 'task', 'lane'] as const;
/** Registers of a full block. */
const REGISTERS = 8;

/** Exports the kernel, and one function for each number of registers (1..8) that a block may take. */
export function defineLayer(
  builder: ModuleBuilder,
  title: 'layer' | 'layer8',
  body: (f: FunctionBuilder, registers: number, part: Part) => void,
): Kernel<'layer'> {
  const widths = Array.from({ length: REGISTERS }, (_, i) =>
    defineFunction(builder, `${title} of ${i + 1}`, PART, (f, part) => body(f, i + 1, part)),
  );
  return defineTask(builder, title, KERNELS[title], (f, { task, lane, layer: at }) => {
    const { rest: rows, quotient } = divide(f, task, layer(at, 'rowTasks'));
    const { rest: image, quotient: block } = divide(f, quotient, layer(at, 'images'));
    const registers = f.local('i32', REGISTERS);
    f.if(i32.eq(block, i32.sub(layer(at, 'weightBlocks'), 1)), () =>
      f.set(registers, layer(at, 'tailRegisters')),
    );
    widths.forEach((call, i) => {
      f.if(i32.eq(registers, i + 1), () => f.do(call({ at, block, image, rows, task, lane })));
    });
  });
}
