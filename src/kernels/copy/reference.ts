import type { Floats } from '../kernels.ts';
import type { Placement } from './placement.ts';

/**
 * to[index] = from[index] for every index of `shape`, each side placed in its own way: transposing, slicing, padding, joining and
 * broadcasting (stride 0) are this. The sides must not overlap.
 * @param adding to[index] += from[index] instead
 */
export function copy(
  from: Floats,
  to: Floats,
  shape: readonly number[],
  source: Placement,
  target: Placement,
  adding = false,
): void {
  if (shape.includes(0)) return;
  const axes = merged(shape, source.strides, target.strides);
  const inner = axes.pop() ?? { length: 1, from: 1, to: 1 };
  const index = axes.map(() => 0);
  let [at, into] = [source.offset, target.offset];
  for (;;) {
    (adding ? addRow : copyRow)(from, to, at, into, inner);
    let axis = axes.length - 1;
    for (; axis >= 0; axis--) {
      const { length, from: step, to: stepTo } = axes[axis]!;
      at += step;
      into += stepTo;
      if (++index[axis]! < length) break;
      index[axis] = 0;
      at -= step * length;
      into -= stepTo * length;
    }
    if (axis < 0) return;
  }
}

interface Axis {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** Neighbouring axes that are one run on both sides become one; axes of length 1 vanish. */
function merged(shape: readonly number[], from: readonly number[], to: readonly number[]): Axis[] {
  const axes: Axis[] = [];
  shape.forEach((length, i) => {
    if (length === 1) return;
    const axis = { length, from: from[i]!, to: to[i]! };
    const last = axes.at(-1);
    if (last && last.from === axis.from * length && last.to === axis.to * length)
      axes[axes.length - 1] = { ...axis, length: last.length * length };
    else axes.push(axis);
  });
  return axes;
}

function copyRow(from: Floats, to: Floats, at: number, into: number, axis: Axis): void {
  const { length } = axis;
  if (axis.to === 1 && axis.from === 1 && length > 16) to.set(from.subarray(at, at + length), into);
  else if (axis.to === 1 && axis.from === 0) to.fill(from[at]!, into, into + length);
  else for (let i = 0; i < length; i++) to[into + i * axis.to] = from[at + i * axis.from]!;
}

function addRow(from: Floats, to: Floats, at: number, into: number, axis: Axis): void {
  for (let i = 0; i < axis.length; i++) to[into + i * axis.to]! += from[at + i * axis.from]!;
}
