/**
 * @file The numbers of a tensor in a file: raw bytes, typed lists, or bytes of a file beside it. What it claims is checked
 * against what is there before anything is made.
 */
import { InputError } from '../errors.ts';
import { fromFloat16 } from '../format/float16.ts';
import { type Constant, volume } from './constant.ts';
import { ELEMENT_TYPES, type ElementType } from './element-types.ts';
import type { OnnxTensor } from './wire/messages.ts';

/**
 * @param external the tensor's bytes, when they lie in a file of their own
 * @param place the file and the tensor, for errors
 * @throws InputError when the type is not read, or the numbers are not as many as the shape says
 */
export function constantOf(
  tensor: OnnxTensor,
  external: Uint8Array<ArrayBufferLike> | undefined,
  place: string,
): Constant {
  const type = ELEMENT_TYPES.get(tensor.dataType ?? 0);
  if (!type)
    throw new InputError(
      `${place}: expected numbers of type ${[...ELEMENT_TYPES.values()].map(({ name }) => name).join(', ')}, found type ${tensor.dataType ?? 'none'} of onnx.proto; export with float weights`,
    );
  if (tensor.segment)
    throw new InputError(`${place}: expected a whole tensor, found a segment of one; export it whole`);
  const { dims } = tensor;
  const count = volume(dims);
  if (!dims.every((size) => Number.isSafeInteger(size) && size >= 0) || !Number.isSafeInteger(count))
    throw new InputError(`${place}: expected sizes from 0 on, found ${dims.join('x')}; export it again`);
  const data = valuesOf(tensor, type, external ?? tensor.rawData, count, place);
  return { dims, data, type: tensor.dataType! };
}

function valuesOf(
  tensor: OnnxTensor,
  type: ElementType,
  raw: Uint8Array<ArrayBufferLike> | undefined,
  count: number,
  place: string,
): Constant['data'] {
  if (raw) {
    if (raw.length === count * type.size) return type.decode(raw);
    throw tooFew(tensor.dims, type, `${count * type.size} bytes`, `${raw.length}`, place);
  }
  const typed = listOf(tensor, type);
  if (typed.length !== count) throw tooFew(tensor.dims, type, `${count} numbers`, `${typed.length}`, place);
  return typed;
}

/** The list of a tensor's type: small types share the one of int32, half precision keeps its bits there. */
function listOf(tensor: OnnxTensor, { name }: ElementType): Constant['data'] {
  switch (name) {
    case 'float':
      return tensor.floatData;
    case 'double':
      return tensor.doubleData;
    case 'int64':
      return Float64Array.from(tensor.int64Data);
    case 'float16':
      return Float32Array.from(tensor.int32Data, (bits) => fromFloat16(bits & 0xffff));
    default:
      return Float64Array.from(tensor.int32Data);
  }
}

const tooFew = (
  dims: readonly number[],
  { name }: ElementType,
  expected: string,
  found: string,
  place: string,
): InputError =>
  new InputError(
    `${place}: ${name} of shape [${dims.join(', ')}] takes ${expected}, found ${found}; the file is damaged: copy or export it again`,
  );
