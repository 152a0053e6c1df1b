/** @file A trained network in its file. */
import { bytesDigest } from '../../io/digest.ts';
import { readBytes } from '../../io/files.ts';
import { decodeModel } from '../../io/model-file.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';

export interface NetworkFile {
  readonly path: string;
  readonly network: TrainedNetwork;
  /** SHA-256 of the file. */
  readonly digest: string;
}

/** @throws InputError when the file is missing or damaged */
export async function openNetwork(path: string): Promise<NetworkFile> {
  const bytes = await readBytes(path);
  return { path, network: decodeModel(bytes, path), digest: bytesDigest(bytes, 'sha256') };
}
