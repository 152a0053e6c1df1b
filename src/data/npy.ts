/**
 * @file NumPy's npy format, versions 1 to 3: magic, version, header length, a Python dictionary of descr, fortran_order
 * and shape, then the values. Lets other tools read what was measured here, and the other way round.
 */
import ndarray from 'ndarray';
import { InputError } from '../errors.ts';

/** The values of an npy file, in the type that it states. */
export type NpyArray =
  | Float64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

const KINDS: Readonly<
  Record<string, { readonly bytes: number; readonly view: (buffer: ArrayBuffer) => NpyArray }>
> = {
  '<f8': { bytes: 8, view: (buffer) => new Float64Array(buffer) },
  '<f4': { bytes: 4, view: (buffer) => new Float32Array(buffer) },
  '<i4': { bytes: 4, view: (buffer) => new Int32Array(buffer) },
  '<u4': { bytes: 4, view: (buffer) => new Uint32Array(buffer) },
  '<i2': { bytes: 2, view: (buffer) => new Int16Array(buffer) },
  '<u2': { bytes: 2, view: (buffer) => new Uint16Array(buffer) },
  '|i1': { bytes: 1, view: (buffer) => new Int8Array(buffer) },
  '|u1': { bytes: 1, view: (buffer) => new Uint8Array(buffer) },
};
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * @param name the file to blame
 * @throws InputError for what is no npy file, is cut short, or holds values that have no typed array
 * @example
 * decodeNpy(encodeNpy(imageView(dataset)), 'images.npy').shape; // [20, 28, 28, 1]
 */
export function decodeNpy(bytes: Uint8Array<ArrayBufferLike>, name: string): ndarray.NdArray<NpyArray> {
  const wide = bytes[6] !== 1; // 4 bytes of header length instead of 2
  const start = wide ? 12 : 10;
  if (bytes.length < start || MAGIC.some((byte, i) => bytes[i] !== byte) || ![1, 2, 3].includes(bytes[6]!)) {
    throw new InputError(`${name}: expected an npy file of version 1 to 3; is it the right file?`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = String.fromCharCode(...bytes.slice(start, begin));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const sizes = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (begin > bytes.length || descr === undefined || order === undefined || sizes === undefined) {
    throw new InputError(`${name}: npy header is damaged, found ${JSON.stringify(header.slice(0, 60))}`);
  }
  const kind = Object.hasOwn(KINDS, descr) ? KINDS[descr] : undefined;
  if (!kind)
    throw new InputError(`${name}: values of kind ${descr} are none of ${Object.keys(KINDS).join(', ')}`);
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  const expected = begin + shape.reduce((product, size) => product * size, kind.bytes);
  if (bytes.length !== expected) {
    throw new InputError(
      `${name}: values of shape (${shape.join(', ')}) make ${expected} bytes with the header, found ${bytes.length}`,
    );
  }
  const data = new Uint8Array(bytes.length - begin);
  data.set(bytes.subarray(begin));
  const values = kind.view(data.buffer);
  if (order === 'False') return ndarray(values, shape);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  return ndarray(values, shape, strides);
}

/**
 * The values in row-major order, whatever the strides; version 1.
 * @example
 * encodeNpy(imageView(dataset)).length; // 15808: a header of 128 bytes and 20 images
 */
export function encodeNpy(array: ndarray.NdArray<NpyArray>): Uint8Array<ArrayBuffer> {
  const descr = Object.keys(KINDS).find(
    (key) => KINDS[key]!.view(new ArrayBuffer(0)).constructor === array.data.constructor,
  );
  if (descr === undefined) throw new RangeError(`npy: a ${array.data.constructor.name} cannot be written`);
  const { shape, stride } = array;
  const count = shape.reduce((product, size) => product * size, 1);
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const out = new Uint8Array(length + count * KINDS[descr]!.bytes);
  out.set([...MAGIC, 1, 0, (length - 10) & 255, (length - 10) >> 8]);
  out.set(new TextEncoder().encode(`${text.padEnd(length - 11)}\n`), 10);
  const values = KINDS[descr]!.view(new ArrayBuffer(count * KINDS[descr]!.bytes));
  const index = shape.map(() => 0);
  for (let i = 0; i < count; i++) {
    values[i] = array.data[index.reduce((at, k, axis) => at + k * stride[axis]!, array.offset)]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
  out.set(new Uint8Array(values.buffer), length);
  return out;
}
