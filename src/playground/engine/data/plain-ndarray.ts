/**
 * @file What the page has in the place of the package ndarray, which writes its views as program text: its policy forbids that. A view is
 * its fields; the readers of IDX and NumPy ask for no more. The build puts it there.
 */
import type { NdArray, TypedArray } from 'ndarray';

/** Without stride: the last index runs fastest. */
export default function ndarray(
  data: TypedArray,
  shape: readonly number[],
  stride: readonly number[] = rowMajor(shape),
  offset = 0,
): Pick<NdArray, 'data' | 'shape' | 'stride' | 'offset' | 'dtype'> {
  const dtype = data.constructor.name.replace('Array', '').toLowerCase() as NdArray['dtype'];
  return { data, shape: [...shape], stride: [...stride], offset, dtype };
}

function rowMajor(shape: readonly number[]): number[] {
  const stride: number[] = [];
  shape.reduceRight((step, size, axis) => {
    stride[axis] = step;
    return step * size;
  }, 1);
  return stride;
}
