/**
 * @file One layer, block by block: for each output position and step the current is gathered in registers and goes
 * straight into the membrane. Tasks are (block, image, rows), block outermost: its weights stay in the core's cache over
 * all images, positions and steps. Steps of one neuron follow each other inside one task.
 */
import {
  type FunctionBuilder,
  i32,
  type Local,
  type ModuleBuilder,
  v128,
} from '../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, LAYER_FIELDS, Mode, reader } from './descriptor.ts';
import { accumulate, countOverload, fire, trace } from './fire.ts';
import { gatherIdentity, gatherPixels, gatherSpikes } from './gather.ts';

const layer = reader(LAYER_FIELDS);
const group = reader(GROUP_FIELDS);

/** Exports `layer(task, lane, descriptor)`. */
export function defineLayer(builder: ModuleBuilder): void {
  const widths = Array.from({ length: 8 }, (_, i) =>
    builder.define(
      `block${i + 1}`,
      ['i32', 'i32', 'i32', 'i32', 'i32'],
      'none',
      (f, at, block, image, rows, task) => {
        blockBody(f, i + 1, at, block, image, rows, task);
      },
    ),
  );
  builder.define('layer', ['i32', 'i32', 'i32'], 'none', (f, task, _lane, at) => {
    const rows = f.local('i32', i32.rem_u(task, layer(at, 'rowTasks')));
    const rest = f.local('i32', i32.div_u(task, layer(at, 'rowTasks')));
    const image = f.local('i32', i32.rem_u(rest, layer(at, 'images')));
    const block = f.local('i32', i32.div_u(rest, layer(at, 'images')));
    const registers = f.local('i32', 8);
    f.if(i32.eq(block, i32.sub(layer(at, 'blocks'), 1)), () => f.set(registers, layer(at, 'tailRegisters')));
    widths.forEach((call, i) => {
      f.if(i32.eq(registers, i + 1), () => f.do(call(at, block, image, rows, task)));
    });
  });
}

function blockBody(
  f: FunctionBuilder,
  registers: number,
  at: Local<'i32'>,
  block: Local<'i32'>,
  image: Local<'i32'>,
  rows: Local<'i32'>,
  task: Local<'i32'>,
): void {
  const sums = f.locals(registers, 'v128');
  const i = <N extends string>(...names: N[]): Record<N, Local<'i32'>> =>
    Object.fromEntries(names.map((name) => [name, f.local('i32')])) as Record<N, Local<'i32'>>;
  const at2 = i('y', 'endY', 'x', 't', 'position', 'moment', 'groupAt', 'g', 'base', 'blockByte', 'slot');
  const fires = i('from', 'to', 'theta', 'up', 'down', 'mask', 'overload', 'address', 'sent');
  const { y, endY, x, t, position, moment, groupAt, g, base, blockByte, slot } = at2;
  f.set(blockByte, i32.shl(block, 7));
  for (const name of ['theta', 'up', 'down'] as const)
    f.set(fires[name], i32.add(layer(at, name), blockByte));
  f.set(y, i32.mul(rows, layer(at, 'rowsPerTask')));
  f.set(endY, i32.add(y, layer(at, 'rowsPerTask')));
  f.if(i32.gt_s(endY, layer(at, 'height')), () => f.set(endY, layer(at, 'height')));
  const place = { sums, y, x, block, moment, slot, group: groupAt };
  const kept = (field: 'currents' | 'membranes', values: (r: number) => ReturnType<typeof v128.load>): void =>
    f.if(layer(at, field), () => {
      f.set(
        fires.address,
        i32.add(i32.add(layer(at, field), i32.mul(slot, layer(at, 'channelBytes'))), blockByte),
      );
      f.do(...sums.map((_, r) => v128.store(fires.address, values(r), r * 16)));
    });
  f.while(i32.lt_s(y, endY), () => {
    f.for(x, 0, layer(at, 'width'), 1, () => {
      f.set(position, i32.add(i32.mul(y, layer(at, 'width')), x));
      f.set(
        base,
        i32.add(i32.mul(image, layer(at, 'baseImage')), i32.mul(position, layer(at, 'basePosition'))),
      );
      f.set(base, i32.add(i32.add(base, layer(at, 'base')), blockByte));
      const neuron = i32.add(i32.mul(image, layer(at, 'positions')), position);
      f.set(
        fires.to,
        i32.add(i32.add(layer(at, 'v'), i32.mul(neuron, layer(at, 'channelBytes'))), blockByte),
      );
      f.for(t, layer(at, 'firstStep'), layer(at, 'endStep'), 1, () => {
        f.set(moment, i32.add(i32.mul(image, layer(at, 'steps')), t));
        f.set(slot, i32.add(i32.mul(moment, layer(at, 'positions')), position));
        for (const [r, sum] of sums.entries()) f.set(sum, v128.load(base, r * 16));
        f.set(groupAt, layer(at, 'firstGroup'));
        f.for(g, 0, layer(at, 'groups'), 1, () => {
          f.if(i32.eqz(group(groupAt, 'kind')), () => gatherSpikes(f, place));
          f.if(i32.eq(group(groupAt, 'kind'), 1), () => gatherIdentity(f, place, layer(at, 'blocks')));
          f.if(i32.eq(group(groupAt, 'kind'), 2), () => gatherPixels(f, place));
          f.advance(groupAt, GROUP_FIELDS.length * 4);
        });
        kept('currents', (r) => sums[r]!);
        f.if(layer(at, 'fires'), () => {
          f.set(fires.from, fires.to);
          const start = i32.and(layer(at, 'initial'), i32.eqz(t));
          f.if(start, () => f.set(fires.from, i32.add(layer(at, 'start'), blockByte)));
          const pair = i32.add(i32.mul(slot, layer(at, 'blocks')), block);
          f.set(fires.mask, i32.add(layer(at, 'masks'), i32.shl(pair, 3)));
          const membrane = { sums, ...fires, limit: layer(at, 'limit'), lowest: layer(at, 'lowest') };
          countOverload(f, membrane);
          f.if(
            i32.eq(layer(at, 'fires'), Mode.fire),
            () => fire(f, membrane),
            () => {
              f.if(
                i32.eq(layer(at, 'fires'), Mode.trace),
                () => {
                  f.set(fires.sent, i32.add(layer(at, 'sent'), i32.sub(fires.to, layer(at, 'v'))));
                  trace(f, membrane);
                },
                () => accumulate(f, membrane),
              );
            },
          );
          kept('membranes', (r) => v128.load(fires.to, r * 16));
        });
      });
    });
    f.advance(y, 1);
  });
  f.if(layer(at, 'fires'), () => {
    f.set(fires.address, i32.add(layer(at, 'overloads'), i32.shl(task, 2)));
    f.do(i32.store(fires.address, i32.add(i32.load(fires.address), fires.overload)));
  });
}
