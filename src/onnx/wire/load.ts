/**
 * @file Protobuf's wire format: an optional package, loaded when the first ONNX file is read or written.
 */
import { InputError } from '../../errors.ts';
import { importOptional, installWords } from '../../platform/optional-package.ts';

/** The reader and the writer of @bufbuild/protobuf. */
export type Wire = Pick<typeof import('@bufbuild/protobuf/wire'), 'BinaryReader' | 'BinaryWriter'>;

/** Where the package comes from; a test may hand in another. */
export type WireSource = () => Promise<Wire>;

const installed: WireSource = () =>
  importOptional('@bufbuild/protobuf/wire', () => import('@bufbuild/protobuf/wire'));

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
