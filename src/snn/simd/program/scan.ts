/**
 * @file The loops of every layer kernel: over the positions of some rows of one image, and at each position over the steps in
 * their order, so that all steps of a neuron are computed by one task.
 */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
} from '../../../kernels/assembler/assembler.ts';
import { descriptorBytes } from './layouts/descriptor.ts';
import { GROUP_FIELDS } from './layouts/group.ts';
import { layer } from './reader.ts';

type Integer = Local<'i32'>;

/** What one call of a layer kernel works on. */
export interface Part {
  /** Address of the layer's descriptor. */
  readonly at: Integer;
  readonly block: Integer;
  readonly image: Integer;
  /** Which of the pieces into which the rows are cut. */
  readonly rows: Integer;
  readonly task: Integer;
  readonly lane: Integer;
}

/** Where the loops are: at a position and a step. */
export interface Visit {
  readonly y: Integer;
  readonly x: Integer;
  readonly t: Integer;
  /** (image * positions + position) * steps + t: the index of everything that is stored per step. */
  readonly index: Integer;
  /** Bytes from a position's first channel to this block's. */
  readonly blockByte: Integer;
  /** Addresses of this block's constant current and potentials. */
  readonly base: Integer;
  readonly v: Integer;
}

/** Runs body at every position and step. blockBytes: of one block's numbers, a power of two. */
export function scanBlock(
  f: FunctionBuilder,
  { at, block, image, rows }: Part,
  blockBytes: number,
  body: (now: Visit) => void,
): void {
  const [endY, position] = f.locals(2, 'i32');
  const [y, x, t, index, blockByte, base, v] = f.locals(7, 'i32');
  f.set(blockByte, i32.shl(block, Math.log2(blockBytes)));
  f.set(y, i32.mul(rows, layer(at, 'rowsPerTask')));
  f.set(endY, i32.add(y, layer(at, 'rowsPerTask')));
  f.if(i32.gt_s(endY, layer(at, 'height')), () => f.set(endY, layer(at, 'height')));
  f.while(i32.lt_s(y, endY), () => {
    f.for(x, 0, layer(at, 'width'), 1, () => {
      f.set(position, i32.add(i32.mul(y, layer(at, 'width')), x));
      f.set(
        base,
        i32.add(i32.mul(image, layer(at, 'baseImage')), i32.mul(position, layer(at, 'basePosition'))),
      );
      f.set(base, i32.add(i32.add(base, layer(at, 'base')), blockByte));
      const neuron = i32.add(i32.mul(image, layer(at, 'positions')), position);
      f.set(v, i32.add(i32.add(layer(at, 'v'), i32.mul(neuron, layer(at, 'channelBytes'))), blockByte));
      f.set(index, i32.add(i32.mul(neuron, layer(at, 'steps')), layer(at, 'firstStep')));
      f.for(t, layer(at, 'firstStep'), layer(at, 'endStep'), 1, () => {
        body({ y, x, t, index, blockByte, base, v });
        f.advance(index, 1);
      });
    });
    f.advance(y, 1);
  });
}

/** Runs body for each group of synapses, with the address of its descriptor. */
export function eachGroup(f: FunctionBuilder, at: Integer, body: (group: Integer) => void): void {
  const [g, group] = f.locals(2, 'i32');
  f.set(group, layer(at, 'firstGroup'));
  f.for(g, 0, layer(at, 'groups'), 1, () => {
    body(group);
    f.advance(group, descriptorBytes(GROUP_FIELDS));
  });
}

/** from = where potentials are read: v0 in a run's first step. */
export function setPotentialsBefore(f: FunctionBuilder, at: Integer, now: Visit, from: Integer): void {
  f.set(from, now.v);
  f.if(i32.and(layer(at, 'initial'), i32.eqz(now.t)), () =>
    f.set(from, i32.add(layer(at, 'start'), now.blockByte)),
  );
}

/** Whether a layer that waits for all its T steps, which the heap then holds at once, has reached the last. */
export const isLastStep = (at: Integer, { t }: Visit): Expression<'i32'> =>
  i32.eq(i32.add(t, 1), layer(at, 'steps'));

/** The address of a per-step record of this block. */
export function recordAt(at: Integer, now: Visit, field: 'currents' | 'membranes'): Expression<'i32'> {
  return i32.add(i32.add(layer(at, field), i32.mul(now.index, layer(at, 'channelBytes'))), now.blockByte);
}

/** Adds a task's overloads to its counter. */
export function keepOverload(f: FunctionBuilder, { at, task }: Part, overload: Integer): void {
  const address = f.let(i32.add(layer(at, 'overloads'), i32.shl(task, 2)));
  f.do(i32.store(address, i32.add(i32.load(address), overload)));
}
