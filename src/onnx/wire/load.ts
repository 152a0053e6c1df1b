/**
 * @file Protobuf's wire format: an optional package, loaded when the first ONNX file is read or written.
 */
import { InputError } from '../../errors.ts';
import { importOptional, installWords, missing } from '../../platform/optional-package.ts';

/** What is asked of a reader of protobuf's wire format. */
export interface WireReader {
  readonly pos: number;
  readonly len: number;
  tag(): [number: number, type: number];
  skip(type: number, number?: number): Uint8Array<ArrayBufferLike>;
  uint32(): number;
  int64(): bigint | string;
  float(): number;
  string(): string;
  bytes(): Uint8Array<ArrayBufferLike>;
}

/** What is asked of a writer. */
export interface WireWriter {
  tag(number: number, type: number): this;
  fork(): this;
  join(): this;
  int64(value: number): this;
  float(value: number): this;
  string(value: string): this;
  bytes(value: Uint8Array<ArrayBufferLike>): this;
  finish(): Uint8Array<ArrayBuffer>;
}

/** The reader and the writer, as @bufbuild/protobuf has them; named apart from it, so that a program without it is compiled. */
export interface Wire {
  readonly BinaryReader: new (bytes: Uint8Array<ArrayBufferLike>) => WireReader;
  readonly BinaryWriter: new () => WireWriter;
}

/** Where the package comes from; a test may hand in another. */
export type WireSource = () => Promise<Wire>;

const installed: WireSource = () =>
  importOptional('@bufbuild/protobuf/wire', async () => {
    try {
      return await import('@bufbuild/protobuf/wire');
    } catch (error) {
      return missing(error);
    }
  });

/** @throws InputError when the package is not installed */
export async function loadWire(source: WireSource = installed): Promise<Wire> {
  try {
    return await source();
  } catch (cause) {
    throw new InputError(
      `ONNX files need the package @bufbuild/protobuf, which could not be loaded; ${installWords('import', '@bufbuild/protobuf')}`,
      { cause },
    );
  }
}
