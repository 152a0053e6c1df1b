/** @file Constants in another shape, and parts of them: what shapes and borders are computed with. */
import { type Constant, volume } from '../../constant.ts';
import { type Call, ints, neededConstant } from '../call.ts';
import { refuse } from '../place.ts';
import { type Fold, first } from './fold.ts';

export function reshaped(call: Call, value: Constant, wanted: readonly number[]): Constant {
  const dims = wanted.map((size, i) => (size === 0 ? (value.dims[i] ?? 0) : size));
  const open = dims.indexOf(-1);
  if (open >= 0) dims[open] = value.data.length / -volume(dims);
  if (volume(dims) === value.data.length && dims.every((size) => Number.isInteger(size)))
    return { ...value, dims };
  return refuse(
    call.place,
    `a constant of ${value.dims.join('x')} as ${wanted.join('x')}`,
    'the file is damaged: export it again',
  );
}

const axesOf = (call: Call): number[] | null =>
  ints(call, 'axes')?.slice() ?? (call.inputs[1] ? [...neededConstant(call, 1, 'axes').data] : null);

export const unsqueeze: Fold = (call) => {
  const value = first(call);
  const axes = axesOf(call) ?? [];
  const rank = value.dims.length + axes.length;
  const at = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  if (at.length > 8 || at.some((axis) => !(axis >= 0 && axis < rank)))
    refuse(call.place, `new axes at ${axes.join(', ')}`, 'export the network again');
  const dims = [...value.dims];
  for (const axis of at.sort((a, b) => a - b)) dims.splice(axis, 0, 1);
  return { ...value, dims };
};

export const squeeze: Fold = (call) => {
  const value = first(call);
  const axes = axesOf(call)?.map((axis) => (axis < 0 ? axis + value.dims.length : axis));
  return { ...value, dims: value.dims.filter((size, i) => (axes ? !axes.includes(i) : size !== 1)) };
};

export const transpose: Fold = (call) => {
  const value = first(call);
  const rank = value.dims.length;
  const order = ints(call, 'perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if (
    order.length !== rank ||
    new Set(order).size !== rank ||
    order.some((axis) => !(axis >= 0 && axis < rank))
  )
    refuse(call.place, `a transpose of ${rank} axes to ${order.join(', ')}`, 'export the network again');
  const dims = order.map((axis) => value.dims[axis]!);
  const strides = value.dims.map((_, i) => volume(value.dims.slice(i + 1)));
  const data = value.data.slice() as Constant['data'];
  for (let i = 0; i < data.length; i++) {
    let [rest, from] = [i, 0];
    for (let axis = rank - 1; axis >= 0; axis--) {
      from += (rest % dims[axis]!) * strides[order[axis]!]!;
      rest = Math.floor(rest / dims[axis]!);
    }
    data[i] = value.data[from]!;
  }
  return { ...value, dims, data };
};
