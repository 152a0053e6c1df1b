/**
 * @file One layer, block by block: for each output position and step the current is gathered in registers and goes
 * straight into the membrane. Tasks are (block, image, rows), block outermost: its weights stay in the core's cache over
 * all images, positions and steps.
 */
import { type FunctionBuilder, i32, type ModuleBuilder, v128 } from '../../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, LAYER_FIELDS, Mode, reader } from './descriptor.ts';
import {
  accumulate,
  burst,
  countOverload,
  fire,
  leak,
  release,
  remember,
  resetToZero,
  rest,
  trace,
} from './fire.ts';
import { gatherIdentity, gatherPixels, gatherProduct, gatherSpikes } from './gather.ts';
import type { Kernel } from './jobs.ts';
import { preload } from './preload.ts';
import { eachGroup, keepOverload, type Part, potentialsBefore, recordAt, scanBlock } from './scan.ts';

const layer = reader(LAYER_FIELDS);
const group = reader(GROUP_FIELDS);
const FIRING = [
  [Mode.fire, fire],
  [Mode.accumulate, accumulate],
  [Mode.trace, trace],
  [Mode.resetToZero, resetToZero],
  [Mode.leak, leak],
  [Mode.remember, remember],
  [Mode.burst, burst],
  [Mode.rest, rest],
  [Mode.release, release],
] as const;
const PART = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** Exports `title(task, lane, descriptor)`, and one function per number of registers (1..8) a block may take. */
export function defineLayer(
  builder: ModuleBuilder,
  title: string,
  body: (f: FunctionBuilder, registers: number, part: Part) => void,
): Kernel {
  const widths = Array.from({ length: 8 }, (_, i) =>
    builder.define(`${title} of ${i + 1}`, PART, 'none', (f, at, block, image, rows, task, lane) => {
      body(f, i + 1, { at, block, image, rows, task, lane });
    }),
  );
  return builder.define(title, ['i32', 'i32', 'i32'], 'none', (f, task, lane, at) => {
    const rows = f.let(i32.rem_u(task, layer(at, 'rowTasks')));
    const rest = f.let(i32.div_u(task, layer(at, 'rowTasks')));
    const image = f.let(i32.rem_u(rest, layer(at, 'images')));
    const block = f.let(i32.div_u(rest, layer(at, 'images')));
    const registers = f.local('i32', 8);
    f.if(i32.eq(block, i32.sub(layer(at, 'weightBlocks'), 1)), () =>
      f.set(registers, layer(at, 'tailRegisters')),
    );
    widths.forEach((call, i) => {
      f.if(i32.eq(registers, i + 1), () => f.do(call(at, block, image, rows, task, lane)));
    });
  });
}

/** float32: a block is up to 32 channels, four to a register. */
export function floatBlock(f: FunctionBuilder, registers: number, part: Part): void {
  const { at, block } = part;
  const sums = f.locals(registers, 'v128');
  const [from, theta, up, down, lossDown, mask, overload, sent, address, mode] = f.locals(10, 'i32');
  preload(f, part, registers * 16);
  scanBlock(f, part, 7, (now) => {
    const keep = (
      field: 'currents' | 'membranes',
      value: (r: number) => ReturnType<typeof v128.load>,
    ): void =>
      f.if(layer(at, field), () => {
        f.set(address, recordAt(at, now, field));
        f.do(...sums.map((_, r) => v128.store(address, value(r), r * 16)));
      });
    for (const [r, sum] of sums.entries()) f.set(sum, v128.load(now.base, r * 16));
    eachGroup(f, at, (groupAt) => {
      const place = { ...now, sums, block, image: part.image, steps: layer(at, 'steps'), group: groupAt };
      f.if(i32.eqz(group(groupAt, 'kind')), () => gatherSpikes(f, place));
      f.if(i32.eq(group(groupAt, 'kind'), 1), () => gatherIdentity(f, place, layer(at, 'blocks')));
      f.if(i32.eq(group(groupAt, 'kind'), 2), () => gatherPixels(f, place));
      f.if(i32.eq(group(groupAt, 'kind'), 3), () => gatherProduct(f, place, layer(at, 'endStep')));
    });
    keep('currents', (r) => sums[r]!);
    f.if(layer(at, 'fires'), () => {
      potentialsBefore(f, at, now, from);
      f.set(theta, i32.add(layer(at, 'theta'), now.blockByte));
      f.set(up, i32.add(layer(at, 'up'), now.blockByte));
      f.set(down, i32.add(layer(at, 'down'), now.blockByte));
      f.set(lossDown, i32.add(layer(at, 'lossDown'), now.blockByte));
      f.set(sent, i32.add(layer(at, 'sent'), i32.sub(now.v, layer(at, 'v'))));
      const pair = i32.add(i32.mul(now.slot, layer(at, 'blocks')), block);
      f.set(mask, i32.add(layer(at, 'masks'), i32.shl(i32.mul(pair, layer(at, 'planes')), 2)));
      const limits = { limit: layer(at, 'limit'), lowest: layer(at, 'lowest') };
      const membrane = { sums, from, to: now.v, theta, up, down, lossDown, mask, overload, sent, ...limits };
      countOverload(f, membrane);
      f.set(mode, layer(at, 'fires'));
      for (const [own, act] of FIRING) f.if(i32.eq(mode, own), () => act(f, membrane));
      keep('membranes', (r) => v128.load(now.v, r * 16));
    });
  });
  f.if(layer(at, 'fires'), () => keepOverload(f, part, overload));
}
