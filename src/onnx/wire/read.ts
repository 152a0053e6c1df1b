/**
 * @file Reads protobuf messages by their table. Bytes stay views of the file; nothing is allocated that the file only claims.
 */
import { InputError } from '../../errors.ts';
import type { Wire, WireReader } from './load.ts';
import { type Field, MODEL, type OnnxModel, type Several, type Single, type Table } from './messages.ts';

/** How values lie in a file: varint, 8 bytes, length and bytes, 4 bytes. */
const [VARINT, BYTES8, DELIMITED, BYTES4] = [0, 1, 2, 5];

/**
 * The message of an ONNX file.
 * @throws InputError when the bytes are no such message, or are cut
 */
export function readModel(wire: Wire, bytes: Uint8Array<ArrayBufferLike>, source: string): OnnxModel {
  const reader = new wire.BinaryReader(bytes);
  try {
    return readMessage(wire, reader, MODEL) as unknown as OnnxModel;
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      `${source}: expected an ONNX file, found none that can be read to its end (${(cause as Error).message} at byte ${reader.pos} of ${bytes.length}); copy or export it again`,
      { cause },
    );
  }
}

function readMessage(wire: Wire, reader: WireReader, table: Table): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  const byNumber = new Map<number, readonly [string, Field]>();
  for (const [key, field] of Object.entries(table)) {
    byNumber.set(field[0], [key, field]);
    const empty = emptyOf(field);
    if (empty !== undefined) message[key] = empty;
  }
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const known = byNumber.get(number);
    if (!known) {
      reader.skip(type, number);
      continue;
    }
    const [key, [, kind, many]] = known;
    if (typeof kind === 'object') {
      expectType(type, DELIMITED, key);
      const value = readMessage(wire, new wire.BinaryReader(reader.bytes()), kind);
      if (many) (message[key] as unknown[]).push(value);
      else message[key] = value;
    } else if (isSeveral(kind)) message[key] = append(reader, type, kind, message[key], key);
    else message[key] = readSingle(reader, type, kind, key);
  }
  return message;
}

function emptyOf([, kind, many]: Field): unknown {
  if (many || kind === 'ints' || kind === 'texts' || kind === 'blobs') return [];
  if (kind === 'floats') return new Float32Array(0);
  return kind === 'doubles' ? new Float64Array(0) : undefined;
}

const isSeveral = (kind: Single | Several): kind is Several => kind.endsWith('s') && kind !== 'bytes';

function expectType(found: number, expected: number, key: string): void {
  if (found !== expected) throw new Error(`field ${key} has wire type ${found}, expected ${expected}`);
}

function readSingle(
  reader: WireReader,
  type: number,
  kind: Single,
  key: string,
): number | string | Uint8Array {
  if (kind === 'int') {
    expectType(type, VARINT!, key);
    return Number(reader.int64());
  }
  if (kind === 'float') {
    expectType(type, BYTES4!, key);
    return reader.float();
  }
  expectType(type, DELIMITED!, key);
  return kind === 'text' ? reader.string() : reader.bytes();
}

/** One more value of a repeated field, or a packed run of them. */
function append(reader: WireReader, type: number, kind: Several, before: unknown, key: string): unknown {
  if (kind === 'texts' || kind === 'blobs') {
    expectType(type, DELIMITED!, key);
    (before as unknown[]).push(kind === 'texts' ? reader.string() : reader.bytes());
    return before;
  }
  if (kind === 'ints') {
    const values = before as number[];
    const end = type === DELIMITED ? packedEnd(reader) : 0;
    if (type !== DELIMITED) expectType(type, VARINT!, key);
    do if (type !== DELIMITED || reader.pos < end) values.push(Number(reader.int64()));
    while (reader.pos < end);
    return values;
  }
  const size = kind === 'floats' ? 4 : 8;
  if (type === DELIMITED) return joined(before as Floats, reader.bytes(), size);
  expectType(type, size === 4 ? BYTES4! : BYTES8!, key);
  const from = reader.pos;
  const bytes = reader.skip(type);
  return joined(before as Floats, bytes.subarray(0, reader.pos - from), size);
}

type Floats = Float32Array | Float64Array;

/** Where a packed run ends. */
function packedEnd(reader: WireReader): number {
  const length = reader.uint32();
  if (length > reader.len - reader.pos) throw new RangeError('premature EOF');
  return reader.pos + length;
}

function joined(before: Floats, bytes: Uint8Array, size: 4 | 8): Floats {
  if (bytes.length % size !== 0) throw new RangeError(`${bytes.length} bytes of ${size}-byte numbers`);
  const copy = new Uint8Array(before.byteLength + bytes.length);
  copy.set(new Uint8Array(before.buffer, before.byteOffset, before.byteLength));
  copy.set(bytes, before.byteLength);
  return size === 4 ? new Float32Array(copy.buffer) : new Float64Array(copy.buffer);
}
