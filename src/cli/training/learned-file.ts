/**
 * @file A network that a training run builds on, as its teacher or its start: a file that train wrote, known by its digest, so that a
 * resumed run has the same one.
 */
import { InputError } from '../../errors.ts';
import { bytesDigest } from '../../io/digest.ts';
import { readBytes } from '../../io/files.ts';
import { decodeModel } from '../../io/model-file.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';

export interface LearnedFile {
  readonly network: TrainedNetwork;
  readonly sha256: string;
}

/**
 * @param known digest of the run to resume; null for a new one
 * @throws InputError when the file is missing or damaged, learned another data set, or is not the one the run began with
 */
export async function openLearned(
  path: string,
  dataset: string,
  known: unknown = null,
): Promise<LearnedFile> {
  const bytes = await readBytes(path);
  const sha256 = bytesDigest(bytes, 'sha256');
  if (known !== null && known !== sha256)
    throw new InputError(
      `${path}: expected the file that the run began with (SHA-256 ${known}), found ${sha256}; put that file back`,
    );
  const network = decodeModel(bytes, path);
  const learned = network.provenance.dataset;
  if (learned !== undefined && learned !== dataset)
    throw new InputError(
      `${path}: expected a network that learned ${dataset}, found one of ${learned}; choose another`,
    );
  return { network, sha256 };
}
