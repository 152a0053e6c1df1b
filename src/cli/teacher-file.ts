/**
 * @file The teacher of a training run: a file that train wrote, known by its digest, so that a resumed run has the same one.
 */
import { InputError } from '../errors.ts';
import { bytesDigest } from '../io/digest.ts';
import { readBytes } from '../io/files.ts';
import { decodeModel } from '../io/model-file.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';

export interface TeacherFile {
  readonly network: TrainedNetwork;
  readonly sha256: string;
}

/**
 * @param known digest of the run to resume; null for a new one
 * @throws InputError when the file is missing or damaged, learned another data set, or is not the one the run began with
 */
export async function openTeacher(
  path: string,
  dataset: string,
  known: unknown = null,
): Promise<TeacherFile> {
  const bytes = await readBytes(path);
  const sha256 = bytesDigest(bytes, 'sha256');
  if (known !== null && known !== sha256)
    throw new InputError(
      `${path}: expected the teacher that the run began with (SHA-256 ${known}), found ${sha256}; put that file back`,
    );
  const network = decodeModel(bytes, path);
  const learned = network.provenance.dataset;
  if (learned !== undefined && learned !== dataset)
    throw new InputError(
      `${path}: expected a teacher of ${dataset}, found one of ${learned}; choose another`,
    );
  return { network, sha256 };
}
