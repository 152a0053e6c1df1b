/**
 * @file datasets/pretrained/: trained networks that come with this program, and what is known of each.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors.ts';
import { bytesDigest } from './digest.ts';
import { fieldsOf } from './fields.ts';
import { isFile, readBytes, readJson } from './files.ts';

export interface Pretrained {
  readonly name: string;
  /** Beside the index. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly dataset: string;
  /** What trained it, the seed included. */
  readonly command: string;
  readonly seed: number;
  /** Of the weights as they lie in the file, in percent of all test images; flipped: with test-time flip. */
  readonly accuracy: { readonly ann: number; readonly flipped: number };
  /** Test images. */
  readonly images: number;
}

const PREFIX = 'pretrained:';

/** The folder that comes with this program. @throws InputError when it is missing */
export async function pretrainedFolder(): Promise<string> {
  for (const above of ['../../', '../../../']) {
    const folder = fileURLToPath(new URL(`${above}datasets/pretrained`, import.meta.url)); // as source, as built package
    if (await isFile(join(folder, 'index.json'))) return folder;
  }
  throw new InputError('datasets/pretrained/index.json: is missing from this installation; install it again');
}

/** @throws InputError naming the field that is wrong */
export async function readPretrained(folder: string): Promise<Pretrained[]> {
  const path = join(folder, 'index.json');
  return fieldsOf(await readJson(path), path)
    .list('networks')
    .map((fields) => {
      const accuracy = fields.object('accuracy');
      return {
        name: fields.text('name'),
        file: fields.text('file'),
        sha256: fields.text('sha256'),
        bytes: fields.count('bytes'),
        dataset: fields.text('dataset'),
        command: fields.text('command'),
        seed: fields.number('seed', 0),
        accuracy: { ann: accuracy.number('ann', 0, 100), flipped: accuracy.number('flipped', 0, 100) },
        images: fields.count('images'),
      };
    });
}

/** The file of one network, found whole. @throws InputError when its bytes are not those of the index */
export async function pretrainedFile(folder: string, { file, sha256 }: Pretrained): Promise<string> {
  const path = join(folder, file);
  const found = bytesDigest(await readBytes(path), 'sha256');
  if (found !== sha256)
    throw new InputError(`${path}: expected SHA-256 ${sha256}, found ${found}; get the file again`);
  return path;
}

/**
 * A path as it is; pretrained:NAME as the file that comes with this program.
 * @throws InputError for a name that is not in the index
 */
export async function networkPath(path: string): Promise<string> {
  if (!path.startsWith(PREFIX)) return path;
  const name = path.slice(PREFIX.length);
  const folder = await pretrainedFolder();
  const networks = await readPretrained(folder);
  const found = networks.find((network) => network.name === name);
  if (found) return pretrainedFile(folder, found);
  const known = networks.map((network) => network.name).join(', ') || 'none';
  throw new InputError(`${path}: no such network comes with this program; there are: ${known}`);
}
