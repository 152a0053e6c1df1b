/**
 * @file Nodes whose inputs the file fixes are computed at once: shapes, bounds, weights that were quantised or scaled.
 */
import { BATCH, type Constant, integers, volume } from '../constant.ts';
import { ELEMENT_TYPES, FLOAT, INT64, isFloating } from '../element-types.ts';
import { type Call, float, int, ints, neededConstant, scalarOf } from './call.ts';
import { refuse } from './place.ts';

type Fold = (call: Call) => Constant;

/** More values than any input has and than this are not made of constants. */
const LARGEST = 2 ** 20;

const first = (call: Call): Constant => neededConstant(call, 0, 'a value');

const like = ({ dims, type }: Constant, data: Constant['data']): Constant => ({ dims, data, type });

const unary =
  (f: (x: number) => number): Fold =>
  (call) =>
    like(first(call), first(call).data.map(f) as Constant['data']);

/** Value by value; sizes of 1 are stretched, missing ones in front too. */
function combined(call: Call, a: Constant, b: Constant, f: (a: number, b: number) => number): Constant {
  const rank = Math.max(a.dims.length, b.dims.length);
  const full = ({ dims }: Constant): number[] => [...Array<number>(rank - dims.length).fill(1), ...dims];
  const [left, right] = [full(a), full(b)];
  const dims = left.map((size, i) => (size === 1 ? right[i]! : size));
  const count = volume(dims);
  if (!dims.every((size, i) => [1, size].includes(left[i]!) && [1, size].includes(right[i]!)))
    refuse(
      call.place,
      `constants of ${a.dims.join('x')} and ${b.dims.join('x')}`,
      'export the network again',
    );
  checkSize(call, count, Math.max(a.data.length, b.data.length));
  const whole = !isFloating(a.type);
  const out = whole ? new Float64Array(count) : new Float32Array(count);
  const strides = (sizes: readonly number[]): number[] => {
    let stride = 1;
    return sizes
      .toReversed()
      .map((size) => {
        const own = size === 1 ? 0 : stride;
        stride *= size;
        return own;
      })
      .toReversed();
  };
  const [ofA, ofB] = [strides(left), strides(right)];
  for (let i = 0; i < count; i++) {
    let [rest, x, y] = [i, 0, 0];
    for (let axis = rank - 1; axis >= 0; axis--) {
      const index = rest % dims[axis]!;
      rest = (rest - index) / dims[axis]!;
      x += index * ofA[axis]!;
      y += index * ofB[axis]!;
    }
    out[i] = f(a.data[x]!, b.data[y]!);
  }
  return { dims, data: out, type: a.type };
}

function checkSize(call: Call, count: number, given: number): void {
  if (count <= Math.max(LARGEST, given)) return;
  refuse(call.place, `a constant of ${count} values is made of ${given}`, 'store it as an initialiser');
}

const binary =
  (f: (a: number, b: number) => number): Fold =>
  (call) =>
    combined(call, first(call), neededConstant(call, 1, 'a second value'), f);

const quotient: Fold = (call) =>
  combined(call, first(call), neededConstant(call, 1, 'a divisor'), (a, b) =>
    isFloating(first(call).type) ? a / b : Math.trunc(a / b),
  );

function reshaped(call: Call, value: Constant, wanted: readonly number[]): Constant {
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

const unsqueeze: Fold = (call) => {
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

const squeeze: Fold = (call) => {
  const value = first(call);
  const axes = axesOf(call)?.map((axis) => (axis < 0 ? axis + value.dims.length : axis));
  return { ...value, dims: value.dims.filter((size, i) => (axes ? !axes.includes(i) : size !== 1)) };
};

const transpose: Fold = (call) => {
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

/** Lists of numbers only: parts of shapes. */
const gather: Fold = (call) => {
  const [value, index] = [first(call), neededConstant(call, 1, 'an index')];
  if (value.dims.length !== 1) refuse(call.place, 'a part of a table', 'store the part as an initialiser');
  checkSize(call, index.data.length, index.data.length);
  const data = Float64Array.from(index.data, (i) => value.data[i < 0 ? i + value.data.length : i] ?? BATCH);
  return { dims: index.dims, data, type: value.type };
};

/** Places from `start` to `end` by `step`, as Python counts them, on an axis of `size`. */
function places(size: number, start: number, end: number, step: number): number[] {
  const clamped = (x: number, low: number, high: number): number =>
    Math.min(Math.max(x < 0 ? x + size : x, low), high);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const [from, to] = [clamped(start, low, high), clamped(end, low, high)];
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, i) => from + i * step);
}

const slice: Fold = (call) => {
  const value = first(call);
  const list = (name: string, i: number): readonly number[] | undefined =>
    ints(call, name) ?? (call.inputs[i] ? [...neededConstant(call, i, name).data] : undefined);
  const [starts = [], ends = []] = [list('starts', 1), list('ends', 2)];
  const axes = list('axes', 3) ?? starts.map((_, i) => i);
  const steps = list('steps', 4) ?? starts.map(() => 1);
  const sound =
    [ends, axes, steps].every(({ length }) => length === starts.length) &&
    steps.every((step) => Number.isInteger(step) && step !== 0) &&
    axes.every((axis) => axis >= -value.dims.length && axis < value.dims.length);
  if (!sound) refuse(call.place, 'a part with unclear bounds', 'store the part as an initialiser');
  for (const size of value.dims) checkSize(call, size, value.data.length);
  const kept = value.dims.map((size) => places(size, 0, size, 1));
  axes.forEach((axis, i) => {
    const at = axis < 0 ? axis + value.dims.length : axis;
    kept[at] = places(value.dims[at]!, starts[i]!, ends[i]!, steps[i]!);
  });
  return selected(value, kept);
};

/** The values at the given places of each axis. */
function selected(value: Constant, kept: readonly (readonly number[])[]): Constant {
  const dims = kept.map(({ length }) => length);
  let offsets = [0];
  kept.forEach((indices, axis) => {
    const stride = volume(value.dims.slice(axis + 1));
    offsets = offsets.flatMap((offset) => indices.map((index) => offset + index * stride));
  });
  const data = Float64Array.from(offsets, (offset) => value.data[offset]!);
  return { dims, data: isFloating(value.type) ? Float32Array.from(data) : data, type: value.type };
}

const concat: Fold = (call) => {
  const parts = call.inputs.map((_, i) => neededConstant(call, i, 'a value'));
  if (parts.some(({ dims }) => dims.length !== 1))
    return refuse(call.place, 'tables side by side', 'store the whole as an initialiser');
  checkSize(
    call,
    parts.reduce((sum, part) => sum + part.data.length, 0),
    0,
  );
  const data = Float64Array.from(parts.flatMap((part) => [...part.data]));
  return { dims: [data.length], data, type: parts[0]!.type };
};

const constantOfShape: Fold = (call) => {
  const dims = [...first(call).data];
  const tensor = call.attributes.get('value')?.t;
  const value = tensor ? call.decode(tensor, 'value') : { dims: [1], data: new Float32Array(1), type: FLOAT };
  const count = volume(dims);
  if (!(count >= 0)) refuse(call.place, `a constant of ${dims.join('x')}`, 'fix the size of the batch');
  checkSize(call, count, 0);
  return { dims, data: new Float64Array(count).fill(value.data[0] ?? 0), type: value.type };
};

const constant: Fold = (call) => {
  const { attributes } = call;
  const tensor = attributes.get('value')?.t;
  if (tensor) return call.decode(tensor, 'value');
  if (attributes.has('value_float'))
    return { dims: [], data: Float32Array.of(float(call, 'value_float', 0)), type: FLOAT };
  if (attributes.has('value_floats')) {
    const { floats } = attributes.get('value_floats')!;
    return { dims: [floats.length], data: floats, type: FLOAT };
  }
  if (attributes.has('value_int'))
    return { dims: [], data: Float64Array.of(int(call, 'value_int', 0)), type: INT64 };
  if (attributes.has('value_ints')) return integers(ints(call, 'value_ints')!);
  return refuse(
    call.place,
    'a constant of texts or of sparse values',
    'store it as a dense tensor of numbers',
  );
};

const cast: Fold = (call) => {
  const value = first(call);
  const to = int(call, 'to', 0);
  if (!ELEMENT_TYPES.has(to)) refuse(call.place, `a cast to type ${to} of onnx.proto`, 'export in float32');
  if (isFloating(to)) return { ...value, data: Float32Array.from(value.data), type: to };
  return { ...value, data: Float64Array.from(value.data, Math.trunc), type: to };
};

/** Scale and zero point: one, or one along an axis. */
function quantum(call: Call, value: Constant): (i: number) => readonly [scale: number, zero: number] {
  const scale = neededConstant(call, 1, 'a scale');
  const zero = call.inputs[2] ? neededConstant(call, 2, 'a zero point') : null;
  if (scale.data.length === 1) {
    const pair = [scale.data[0]!, zero ? scalarOf(call, zero, 'zero point') : 0] as const;
    return () => pair;
  }
  const given = int(call, 'axis', 1);
  const axis = given < 0 ? given + value.dims.length : given;
  const size = value.dims[axis];
  if (scale.data.length !== size || (zero && zero.data.length !== size) || int(call, 'block_size', 0) !== 0)
    refuse(
      call.place,
      `${scale.data.length} scales along axis ${given} of ${value.dims.join('x')}`,
      'use one scale, or one for each output',
    );
  const inner = volume(value.dims.slice(axis + 1));
  return (i) => {
    const at = Math.floor(i / inner) % size!;
    return [scale.data[at]!, zero?.data[at] ?? 0];
  };
}

const dequantize: Fold = (call) => {
  const value = first(call);
  const of = quantum(call, value);
  const data = Float32Array.from(value.data, (x, i) => {
    const [scale, zero] = of(i);
    return (x - zero) * scale;
  });
  return { dims: value.dims, data, type: FLOAT };
};

const quantize: Fold = (call) => {
  const value = first(call);
  const of = quantum(call, value);
  const type = call.inputs[2] ? neededConstant(call, 2, 'a zero point').type : 2;
  const [low, high] = ELEMENT_TYPES.get(type)?.range ?? [0, 255];
  const data = Float64Array.from(value.data, (x, i) => {
    const [scale, zero] = of(i);
    return Math.min(Math.max(toEven(Math.fround(x / scale)) + zero, low), high);
  });
  return { dims: value.dims, data, type };
};

function toEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

const clipped: Fold = (call) => {
  const value = first(call);
  const bound = (i: number, name: string, open: number): number =>
    call.inputs[i] ? scalarOf(call, neededConstant(call, i, name), name) : float(call, name, open);
  const [low, high] = [bound(1, 'min', Number.NEGATIVE_INFINITY), bound(2, 'max', Number.POSITIVE_INFINITY)];
  return like(value, value.data.map((x) => Math.min(Math.max(x, low), high)) as Constant['data']);
};

/** By operator. */
export const CONSTANT_FOLDS: Readonly<Record<string, Fold>> = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Identity: first,
  Dropout: first,
  Cast: cast,
  Shape: (call) => integers(first(call).dims),
  Gather: gather,
  Slice: slice,
  Concat: concat,
  Reshape: (call) => reshaped(call, first(call), [...neededConstant(call, 1, 'a shape').data]),
  Flatten: (call) => {
    const value = first(call);
    const axis = int(call, 'axis', 1);
    return { ...value, dims: [volume(value.dims.slice(0, axis)), volume(value.dims.slice(axis))] };
  },
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Add: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  Div: quotient,
  Min: binary(Math.min),
  Max: binary(Math.max),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Sqrt: unary(Math.sqrt),
  Exp: unary(Math.exp),
  Reciprocal: unary((x) => 1 / x),
  Floor: unary(Math.floor),
  Round: unary(toEven),
  Relu: unary((x) => Math.max(x, 0)),
  Clip: clipped,
  QuantizeLinear: quantize,
  DequantizeLinear: dequantize,
};
