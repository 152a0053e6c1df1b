/**
 * @file How a file sees a map. ONNX lays maps out as [batch, channels, rows, columns] and may transpose and flatten them; here
 * they stay [rows, columns, channels], and only the view changes: each axis of the file is a run of our axes.
 */
import { type MapShape, mapSize } from '../../nn/architecture.ts';

/** One of our axes as it was when the map was made. */
export interface Axis {
  readonly name: 'rows' | 'columns' | 'channels';
  readonly size: number;
}

/** The file's axes after that of the batch; each is a run of ours, the last of them fastest. An axis of size 1 is an empty run. */
export type View = readonly (readonly Axis[])[];

const NAMES = ['rows', 'columns', 'channels'] as const;

/** [rows, columns, channels] of a map, in the order that is asked for. */
export const viewOf = (shape: MapShape, order: readonly Axis['name'][]): View =>
  order.map((name) => {
    const size = shape[NAMES.indexOf(name)]!;
    return size === 1 ? [] : [{ name, size }];
  });

/** As PyTorch lays maps out. */
export const channelsFirst = (shape: MapShape): View => viewOf(shape, ['channels', 'rows', 'columns']);

/** A vector. */
export const vectorView = (size: number): View => [size === 1 ? [] : [{ name: 'channels', size }]];

export const sizesOf = (view: View): number[] =>
  view.map((axes) => axes.reduce((product, { size }) => product * size, 1));

/** The same values along other axes, or null where one of our axes would have to be split. */
export function regrouped(view: View, sizes: readonly number[]): View | null {
  const axes = view.flat();
  let next = 0;
  const groups = sizes.map((size) => {
    const run: Axis[] = [];
    for (let left = size; left > 1 && next < axes.length && left % axes[next]!.size === 0; next++) {
      run.push(axes[next]!);
      left /= axes[next]!.size;
    }
    return run;
  });
  const same = sizesOf(groups).every((size, i) => size === sizes[i]);
  return same && next === axes.length ? groups : null;
}

/** Whether the file's axes are channels, rows, columns. */
export function isChannelsFirst(view: View): boolean {
  const expected = ['channels', 'rows', 'columns'];
  return view.length === 3 && view.every((axes, i) => axes.every(({ name }) => name === expected[i]));
}

const inOrder = (axes: readonly Axis[]): Axis[] =>
  NAMES.flatMap((name) => axes.filter((axis) => axis.name === name));

/** Whether the file's axes follow each other as ours do. */
export function isInOrder(view: View): boolean {
  const axes = view.flat();
  return inOrder(axes).every((axis, i) => axis === axes[i]);
}

/**
 * Where each value of the file's vector lies in ours, [size]; null: at the same place.
 * @param view of one axis
 */
export function vectorOrder(view: View): Int32Array | null {
  if (isInOrder(view)) return null;
  const axes = view.flat();
  const ours = inOrder(axes);
  const strides = new Map<Axis, number>();
  let stride = 1;
  for (const axis of ours.toReversed()) {
    strides.set(axis, stride);
    stride *= axis.size;
  }
  const order = new Int32Array(stride);
  order.forEach((_, i) => {
    let rest = i;
    let at = 0;
    for (const axis of axes.toReversed()) {
      at += (rest % axis.size) * strides.get(axis)!;
      rest = Math.floor(rest / axis.size);
    }
    order[i] = at;
  });
  return order;
}

/** Values in the file's order as ours; blocks of `width` stay together. */
export function reordered<T extends Float32Array | Float64Array>(
  values: T,
  order: Int32Array | null,
  width = 1,
): T {
  if (!order) return values;
  const out = new (values.constructor as new (length: number) => T)(values.length);
  order.forEach((to, from) => {
    out.set(values.subarray(from * width, (from + 1) * width) as never, to * width);
  });
  return out;
}

/** The map as text. */
export const shapeWords = (shape: MapShape): string =>
  mapSize(shape) === shape[2] ? String(shape[2]) : shape.join('x');
