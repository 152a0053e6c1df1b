/**
 * @file Writes protobuf messages by their table, in the order of its fields.
 */
import type { Wire, WireWriter } from './load.ts';
import { type Field, MODEL, type OnnxModel, type Table } from './messages.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The bytes of an ONNX file. */
export function writeModel(wire: Wire, model: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new wire.BinaryWriter();
  writeMessage(writer, MODEL, model as unknown as Fields);
  return writer.finish();
}

function writeMessage(writer: WireWriter, table: Table, message: Fields): void {
  for (const [key, field] of Object.entries(table)) {
    const value = message[key];
    if (value !== undefined) writeField(writer, field, value);
  }
}

/** Wire types: 0 varint, 2 length and bytes, 5 four bytes. */
function writeField(writer: WireWriter, [number, kind, many]: Field, value: unknown): void {
  if (typeof kind === 'object') {
    for (const one of many ? (value as readonly unknown[]) : [value]) {
      writer.tag(number, 2).fork();
      writeMessage(writer, kind, one as Fields);
      writer.join();
    }
    return;
  }
  switch (kind) {
    case 'int':
      writer.tag(number, 0).int64(value as number);
      return;
    case 'float':
      writer.tag(number, 5).float(value as number);
      return;
    case 'text':
      writer.tag(number, 2).string(value as string);
      return;
    case 'bytes':
      writer.tag(number, 2).bytes(value as Uint8Array);
      return;
    case 'texts':
      for (const text of value as readonly string[]) writer.tag(number, 2).string(text);
      return;
    case 'blobs':
      for (const bytes of value as readonly Uint8Array[]) writer.tag(number, 2).bytes(bytes);
      return;
    case 'ints': {
      for (const whole of value as readonly number[]) writer.tag(number, 0).int64(whole);
      return;
    }
    default: {
      const { buffer, byteOffset, byteLength } = value as Float32Array;
      if (byteLength > 0) writer.tag(number, 2).bytes(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }
}
