/**
 * @file Nodes whose inputs the file fixes are computed at once: shapes, bounds, weights that were quantised or scaled.
 */
import { integers, volume } from '../../constant.ts';
import { int, neededConstant } from '../call.ts';
import { binary, clipped, quotient, toEven, unary } from './elementwise.ts';
import { type Fold, first } from './fold.ts';
import { reshaped, squeeze, transpose, unsqueeze } from './layout.ts';
import { cast, constant, constantOfShape } from './made.ts';
import { concat, gather, slice } from './parts.ts';
import { dequantize, quantize } from './quantised.ts';

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
