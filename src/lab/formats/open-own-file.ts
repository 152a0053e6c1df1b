/** @file A file of ours, trained network or spiking one, by what its metadata say. */
import { InputError } from '../../errors.ts';
import { MODEL_FORMAT, SNN_FORMAT } from '../../format/format-names.ts';
import { decodeModel } from '../../format/model-format.ts';
import { decodeSafetensors } from '../../format/safetensors.ts';
import { decodeSnn } from '../../format/snn-format.ts';
import { readBytes } from '../../io/files.ts';
import type { OwnFile } from './export-format.ts';

/** @throws InputError when the file is missing, damaged, or none of ours */
export async function openOwnFile(path: string): Promise<OwnFile> {
  const bytes = await readBytes(path);
  const { format } = decodeSafetensors(bytes, path).metadata;
  if (format === MODEL_FORMAT) return { kind: 'model', network: decodeModel(bytes, path) };
  if (format === SNN_FORMAT) return { kind: 'snn', snn: decodeSnn(bytes, path) };
  throw new InputError(
    `${path}: expected a file that train, import or convert wrote, found safetensors of format ${format ?? 'none'}; name one of those`,
  );
}
