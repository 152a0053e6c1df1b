/** @file Every format that `import` reads. */
import { InputError } from '../../errors.ts';
import type { ImportFormat, ImportRequest } from './import-format.ts';
import { nirImport } from './nir-import.ts';
import { onnxImport } from './onnx-import.ts';
import { stateDictImport } from './state-dict-import.ts';

export const IMPORT_FORMATS: readonly ImportFormat[] = [onnxImport, nirImport, stateDictImport];

/** By the file's name; by its first bytes only where the name says nothing. @throws InputError when none of them knows the file */
export function importFormatOf({ path, bytes }: Pick<ImportRequest, 'path' | 'bytes'>): ImportFormat {
  const found =
    IMPORT_FORMATS.find(({ endings }) => endings.test(path)) ??
    IMPORT_FORMATS.find(({ begins }) => begins?.(bytes));
  if (found) return found;
  throw new InputError(
    `${path}: expected ${IMPORT_FORMATS.map(({ says }) => says).join(' or ')}, found neither its ending nor its first bytes; export it again, or give it its ending`,
  );
}
