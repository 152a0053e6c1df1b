/**
 * @file The safetensors format: 8 bytes with the header's length (little endian), the header as JSON
 * {NAME: {dtype, shape, data_offsets: [begin, end]}, __metadata__: {KEY: TEXT}}, then the tensors' bytes without holes.
 */
import { InputError } from '../errors.ts';
import { DTYPES, type Dtype, decodeValues, encodeValues, type TensorData } from './dtypes.ts';
import { duplicateKey } from './duplicate-key.ts';

/** A tensor of a file: as many values as its shape says. */
export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** F16 and BF16 are kept as Float32Array, BOOL as Uint8Array, all others as their own kind. */
  readonly data: TensorData;
}

/** All that a file holds: tensors by name, texts by key. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format allows no longer header, in bytes. */
const LONGEST_HEADER = 100_000_000;

/**
 * The bytes of a file. Tensors of wide values come first, so that every tensor is aligned.
 * @throws RangeError when a tensor's data do not fit its shape
 */
export function encodeSafetensors(file: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.create(null);
  if (Object.keys(file.metadata).length > 0) header.__metadata__ = file.metadata;
  const parts: Uint8Array[] = [];
  let end = 0;
  const wideFirst = [...file.tensors].sort((a, b) => DTYPES[b[1].dtype] - DTYPES[a[1].dtype]);
  for (const [name, { dtype, shape, data }] of wideFirst) {
    if (name === '__metadata__') throw new RangeError('a tensor cannot be called __metadata__');
    if (data.length !== volume(shape)) {
      throw new RangeError(`tensor ${name}: ${data.length} values for a shape of ${shape.join('x')}`);
    }
    const bytes = encodeValues(data, dtype);
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    parts.push(bytes);
    end += bytes.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const out = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.set(text, 8);
  let at = 8 + length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * A file from its bytes. Every tensor gets memory of its own.
 * @param name the file's name, for errors
 * @throws InputError for everything that the format forbids
 */
export function decodeSafetensors(bytes: Uint8Array<ArrayBufferLike>, name: string): TensorFile {
  const refuse = (fact: string): never => {
    throw new InputError(`${name}: ${fact}; not a safetensors file, or a damaged one`);
  };
  if (bytes.length < 8) return refuse(`expected 8 bytes with the header's length, found ${bytes.length}`);
  const stated = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (stated > LONGEST_HEADER || Number(stated) > bytes.length - 8) {
    refuse(`header of ${stated} bytes is too long for a file of ${bytes.length} bytes`);
  }
  const begin = 8 + Number(stated);
  const header = parseHeader(bytes.slice(8, begin), refuse);
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + begin, bytes.length - begin);

  const tensors = new Map<string, StoredTensor>();
  const ranges: { key: string; from: number; to: number }[] = [];
  let metadata: Record<string, string> = {};
  for (const [key, entry] of Object.entries(header)) {
    if (key === '__metadata__') {
      if (!isRecord(entry)) return refuse('__metadata__ is not an object');
      const wrong = Object.entries(entry).find(([, value]) => typeof value !== 'string');
      if (wrong) refuse(`metadata ${wrong[0]} is not a text`);
      metadata = entry as Record<string, string>;
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
    if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype)) {
      return refuse(`tensor ${key}: dtype ${String(dtype)} is none of ${Object.keys(DTYPES).join(', ')}`);
    }
    if (!isSizes(shape))
      return refuse(`tensor ${key}: shape ${JSON.stringify(shape)} is no list of whole numbers`);
    if (!isSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
      return refuse(`tensor ${key}: data_offsets ${JSON.stringify(offsets)} are not [begin, end]`);
    }
    const [from, to] = offsets as [number, number];
    if (to > data.length) refuse(`tensor ${key}: ends at byte ${to} of ${data.length}: out of bounds`);
    const expected = volume(shape) * DTYPES[dtype as Dtype];
    if (to - from !== expected) {
      refuse(
        `tensor ${key}: ${dtype} of shape [${shape.join(', ')}] takes ${expected} bytes, found ${to - from}`,
      );
    }
    ranges.push({ key, from, to });
    tensors.set(key, {
      dtype: dtype as Dtype,
      shape,
      data: decodeValues(data.slice(from, to), dtype as Dtype),
    });
  }

  let end = 0;
  for (const { key, from, to } of ranges.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < end) refuse(`tensor ${key}: begins at byte ${from}, inside another: overlapping`);
    if (from > end) refuse(`bytes ${end} to ${from} belong to no tensor`);
    end = to;
  }
  if (end !== data.length) refuse(`bytes ${end} to ${data.length} belong to no tensor`);
  return { tensors, metadata };
}

function parseHeader(
  bytes: Uint8Array<ArrayBufferLike>,
  refuse: (fact: string) => never,
): Record<string, unknown> {
  let header: unknown;
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    return refuse('header is not JSON');
  }
  if (!isRecord(header)) return refuse('header is not a JSON object');
  const twice = duplicateKey(text);
  if (twice !== undefined) return refuse(`${twice} occurs twice in the header`);
  return header;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function volume(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
