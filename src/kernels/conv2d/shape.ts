/**
 * @file A convolution's sizes in the heap: one block of numbers that every task reads, instead of twenty arguments.
 */
import type { Arena } from '../../memory/arena.ts';
import { type Expression, type FunctionBuilder, f32, i32, type Local } from '../assembler/assembler.ts';
import type { Conv2dShape, ThresholdClip } from '../kernels.ts';

const FIELDS = [
  'batch',
  'inHeight',
  'inWidth',
  'inChannels',
  'outHeight',
  'outWidth',
  'outChannels',
  'kernel',
  'stride',
  'padding',
] as const;

export type Field = (typeof FIELDS)[number];
const LEAK = 4 * FIELDS.length;
const LEVELS = LEAK + 4;
const LOWER = LEAK + 8;
const ROUND = LEAK + 12;
const PER_CHANNEL = LEAK + 16;
const SHAPE_BYTES: number = LEAK + 20;

/** Writes the sizes and the activation's constants to the arena; returns their address. */
export function describeShape(arena: Arena, shape: Conv2dShape, fused: ThresholdClip | null): number {
  const { clip = null, theta = null } = fused ?? {};
  const { heap } = arena;
  const pointer = arena.allocate(SHAPE_BYTES);
  const integers = heap.i32(pointer, SHAPE_BYTES / 4);
  FIELDS.forEach((field, at) => {
    integers[at] = shape[field];
  });
  const floats = heap.f32(pointer + LEAK, 3);
  floats[0] = clip?.leak ?? 1;
  floats[1] = clip?.levels ?? 0;
  floats[2] = clip?.lower ?? 0;
  integers[ROUND / 4] = clip?.rounding === 'round' ? 1 : 0;
  integers[PER_CHANNEL / 4] = Number(clip !== null && theta !== null && theta.length > 1);
  return pointer;
}

/** The sizes as locals, each loaded once. */
export function readShape(f: FunctionBuilder, pointer: Local<'i32'>): Readonly<Record<Field, Local<'i32'>>> {
  const entries = FIELDS.map((field, at) => [field, f.let(i32.load(pointer, 4 * at))] as const);
  return Object.fromEntries(entries) as Record<Field, Local<'i32'>>;
}

/** Inputs of one output: all taps of all in channels. */
export const inputsOf = (s: Readonly<Record<Field, Local<'i32'>>>): Expression<'i32'> =>
  i32.mul(i32.mul(s.kernel, s.kernel), s.inChannels);

/** The activation's constants. */
export function readClip(pointer: Local<'i32'>): {
  readonly leak: Expression<'f32'>;
  readonly levels: Expression<'f32'>;
  readonly lower: Expression<'f32'>;
  readonly round: Expression<'i32'>;
  readonly perChannel: Expression<'i32'>;
} {
  return {
    leak: f32.load(pointer, LEAK),
    levels: f32.load(pointer, LEVELS),
    lower: f32.load(pointer, LOWER),
    round: i32.load(pointer, ROUND),
    perChannel: i32.load(pointer, PER_CHANNEL),
  };
}

/** The convolution that takes dy to dx when the stride is 1: maps and channels exchange places. */
export function transposedShape(shape: Conv2dShape): Conv2dShape {
  return {
    ...shape,
    inHeight: shape.outHeight,
    inWidth: shape.outWidth,
    inChannels: shape.outChannels,
    outHeight: shape.inHeight,
    outWidth: shape.inWidth,
    outChannels: shape.inChannels,
    padding: shape.kernel - 1 - shape.padding,
  };
}
