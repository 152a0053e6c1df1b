/** @file Weights that are stored as whole numbers with a scale. */
import { type Constant, volume } from '../../constant.ts';
import { ELEMENT_TYPES, FLOAT } from '../../element-types.ts';
import { type Call, int, neededConstant, scalarOf } from '../call.ts';
import { refuse } from '../place.ts';
import { toEven } from './elementwise.ts';
import { type Fold, first } from './fold.ts';

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

export const dequantize: Fold = (call) => {
  const value = first(call);
  const of = quantum(call, value);
  const data = Float32Array.from(value.data, (x, i) => {
    const [scale, zero] = of(i);
    return (x - zero) * scale;
  });
  return { dims: value.dims, data, type: FLOAT };
};

export const quantize: Fold = (call) => {
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
