/**
 * @file Arithmetic of shapes. Every function is told the operation, so that an error names it.
 */

/** The length of each axis; row-major. */
export type Shape = readonly number[];

/** One axis, several, or (undefined) all of them; negative axes count from the end. */
export type Axes = number | readonly number[] | undefined;

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Elements between neighbours along each axis, row-major. */
export function stridesOf(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Strides that read a tensor of shape `own` as if it had shape `to`, which it can be broadcast to. */
export function broadcastStrides(own: Shape, to: Shape): number[] {
  const strides = stridesOf(own);
  return to.map((_, axis) => {
    const at = axis - to.length + own.length;
    return at < 0 || own[at] === 1 ? 0 : strides[at]!;
  });
}

/**
 * The common shape: aligned at the last axis, a length of 1 is repeated.
 * @throws Error when two lengths differ and neither is 1
 *
 * @example
 * broadcastShapes('add', [3, 1], [4]); // [3, 4]
 */
export function broadcastShapes(operation: string, ...shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const length = lengths.find((one) => one !== 1) ?? 1;
    if (lengths.some((one) => one !== 1 && one !== length))
      throw new Error(
        `${operation}: expected shapes that can be broadcast, found ${shapes.map((shape) => `[${shape}]`).join(' and ')}`,
      );
    return length;
  });
}

/** An axis counted from the front. */
export function axisOf(operation: string, axis: number, shape: Shape): number {
  const at = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(at) || at < 0 || at >= shape.length)
    throw new Error(`${operation}: expected an axis of shape [${shape}], found ${axis}`);
  return at;
}

/** Axes counted from the front, each once. */
export function axesOf(operation: string, axes: Axes, shape: Shape): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis);
  const found = [axes].flat().map((axis) => axisOf(operation, axis, shape));
  if (new Set(found).size < found.length)
    throw new Error(`${operation}: expected each axis once, found [${axes}]`);
  return found;
}
