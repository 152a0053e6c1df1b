/**
 * @file A trained network together with the file that it was read from.
 */
import { InputError } from '../../errors.ts';
import { decodeModel } from '../../format/model-format.ts';
import { bytesDigest } from '../../io/digest.ts';
import { readBytes } from '../../io/files.ts';
import { networkPath } from '../../io/pretrained.ts';
import { sameSource } from '../../io/same-source.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';

export interface NetworkFile {
  readonly path: string;
  readonly network: TrainedNetwork;
  /** SHA-256 of the file's bytes. */
  readonly digest: string;
}

/**
 * @param path a file, or pretrained:NAME
 * @throws InputError when the file is missing or damaged
 */
export async function openNetwork(path: string): Promise<NetworkFile> {
  const bytes = await readBytes(await networkPath(path));
  return { path, network: decodeModel(bytes, path), digest: bytesDigest(bytes, 'sha256') };
}

/**
 * A network that a training run builds on, as the weights it starts from or as its teacher.
 * @param known digest of the file that the run to resume began with; null for a new run
 * @throws InputError when the file is missing or damaged, learned another data set, or is not the one the run began with
 */
export async function openSource(
  path: string,
  dataset: string,
  known: string | null = null,
): Promise<NetworkFile> {
  const file = await openNetwork(path);
  if (known !== null && known !== file.digest)
    throw new InputError(
      `${path}: expected the file that the run began with (SHA-256 ${known}), found ${file.digest}; put that file back`,
    );
  const learned = file.network.provenance.dataset;
  if (learned !== undefined && !(typeof learned === 'string' && sameSource(learned, dataset)))
    throw new InputError(
      `${path}: expected a network that learned ${dataset}, found one of ${learned}; choose another`,
    );
  return file;
}
