/** @file Every format that `import` reads. */
import { InputError } from '../../errors.ts';
import { foreignFile } from '../../format/foreign-file.ts';
import type { ImportFormat, ImportRequest } from './import-format.ts';
import { nirImport } from './nir-import.ts';
import { onnxImport } from './onnx-import.ts';
import { stateDictImport } from './state-dict-import.ts';

export const IMPORT_FORMATS: readonly ImportFormat[] = [onnxImport, nirImport, stateDictImport];

/** Bytes that tell what a file is. */
const BEGINNING = 128;

/** By the file's name; by its first bytes only where the name says nothing. @throws InputError when none of them knows the file */
export function importFormatOf({ path, bytes }: Pick<ImportRequest, 'path' | 'bytes'>): ImportFormat {
  const named = IMPORT_FORMATS.find(({ endings }) => endings.test(path));
  if (named) return named;
  const expected = `${path}: expected ${IMPORT_FORMATS.map(({ says }) => says).join('; ')}`;
  const foreign = foreignFile(bytes.subarray(0, BEGINNING));
  if (foreign) throw new InputError(`${expected}; found ${foreign.words}; ${foreign.remedy}`);
  const found = IMPORT_FORMATS.find(({ begins }) => begins?.(bytes));
  if (found) return found;
  throw new InputError(
    `${expected}; found neither such an ending nor such first bytes; export it again, or give it its ending`,
  );
}
