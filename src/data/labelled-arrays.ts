/** @file Images and labels as ndarrays, from an IDX or npz file, checked and made into the bytes that a data set has. */
import type ndarray from 'ndarray';
import { InputError } from '../errors.ts';
import type { Labels } from '../kernels/kernels.ts';
import type { MapShape } from '../nn/architecture.ts';
import { MAX_CLASSES } from './create-dataset.ts';

type Numbers = ndarray.NdArray<ArrayLike<number> & ndarray.TypedArray>;

/** Images as bytes, channels last. */
export interface ImageBytes {
  readonly images: Uint8Array<ArrayBufferLike>;
  readonly count: number;
  readonly shape: MapShape;
}

/**
 * @param array [count, height, width] or [count, height, width, channels] of bytes
 * @param place the file, and the array in it, to blame
 * @throws InputError for another kind of number or another shape, with what to do about it
 */
export function imagesOf(array: ndarray.NdArray<unknown & ndarray.Data<number>>, place: string): ImageBytes {
  const { shape, data, dtype } = array;
  const words = shape.join('x') || 'a single number';
  if (!(data instanceof Uint8Array))
    throw new InputError(
      `${place}: expected images of bytes (uint8), found ${dtype} of ${words}; scale them to 0..255 and save them as uint8`,
    );
  const [count, height, width, channels = 1] = shape as [number, number, number, number?];
  if (shape.length !== 3 && shape.length !== 4)
    throw new InputError(
      `${place}: expected images [count, height, width] or [count, height, width, channels], found ${words}; reshape them, or is it the labels' file?`,
    );
  if (shape.length === 4 && channels !== 1 && channels !== 3)
    throw new InputError(
      height === 1 || height === 3
        ? `${place}: expected 1 or 3 channels last, found ${words}; move the channels to the end: transpose(0, 2, 3, 1)`
        : `${place}: expected 1 or 3 channels, found ${words}; keep grey or red, green and blue`,
    );
  if (count === 0 || height === 0 || width === 0)
    throw new InputError(`${place}: expected at least one image, found ${words}; add some`);
  return {
    images: rowMajor(array as Numbers) as Uint8Array,
    count,
    shape: [height, width, channels],
  };
}

/**
 * @param array [count] or [count, 1] of whole numbers from 0
 * @throws InputError for anything else
 */
export function labelsOf(array: ndarray.NdArray<unknown & ndarray.Data<number>>, place: string): Labels {
  const { shape, dtype } = array;
  if (!(shape.length === 1 || (shape.length === 2 && shape[1] === 1)))
    throw new InputError(
      `${place}: expected one label for each image, found ${shape.join('x') || 'a single number'}; of one-hot rows save argmax(1)`,
    );
  const values = rowMajor(array as Numbers);
  if (values instanceof Uint8Array) return values;
  const wrong = findIndex(values, (value) => !Number.isInteger(value) || value < 0 || value >= MAX_CLASSES);
  if (wrong >= 0)
    throw new InputError(
      `${place}: label ${values[wrong]} of image ${wrong} (${dtype}) should be a whole number from 0 to ${MAX_CLASSES - 1}; count classes from 0`,
    );
  return Uint16Array.from(values);
}

/** The values by their indices, the last running fastest; the array's own where they lie so. */
function rowMajor({ data, shape, stride, offset }: Numbers): ArrayLike<number> {
  const count = shape.reduce((product, size) => product * size, 1);
  let step = 1;
  const inOrder = [...shape.keys()].reverse().every((axis) => {
    const fits = shape[axis] === 1 || stride[axis] === step;
    step *= shape[axis]!;
    return fits;
  });
  if (inOrder) return (data as Uint8Array).subarray(offset, offset + count);
  const out = new (data.constructor as new (length: number) => Uint8Array)(count);
  const index = shape.map(() => 0);
  let at = offset;
  for (let i = 0; i < count; i++) {
    out[i] = data[at]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += stride[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      at -= stride[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}

function findIndex(values: ArrayLike<number>, is: (value: number) => boolean): number {
  for (let i = 0; i < values.length; i++) if (is(values[i]!)) return i;
  return -1;
}
