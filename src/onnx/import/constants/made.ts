/** @file Constants that a node holds itself, or makes of a shape. */
import { integers, volume } from '../../constant.ts';
import { ELEMENT_TYPES, FLOAT, INT64, isFloating } from '../../element-types.ts';
import { float, int, ints } from '../call.ts';
import { refuse } from '../place.ts';
import { checkSize, type Fold, first } from './fold.ts';

export const constantOfShape: Fold = (call) => {
  const dims = [...first(call).data];
  const tensor = call.attributes.get('value')?.t;
  const value = tensor ? call.decode(tensor, 'value') : { dims: [1], data: new Float32Array(1), type: FLOAT };
  const count = volume(dims);
  if (!(count >= 0)) refuse(call.place, `a constant of ${dims.join('x')}`, 'fix the size of the batch');
  checkSize(call, count, 0);
  return { dims, data: new Float64Array(count).fill(value.data[0] ?? 0), type: value.type };
};

export const constant: Fold = (call) => {
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

export const cast: Fold = (call) => {
  const value = first(call);
  const to = int(call, 'to', 0);
  if (!ELEMENT_TYPES.has(to)) refuse(call.place, `a cast to type ${to} of onnx.proto`, 'export in float32');
  if (isFloating(to)) return { ...value, data: Float32Array.from(value.data), type: to };
  return { ...value, data: Float64Array.from(value.data, Math.trunc), type: to };
};
