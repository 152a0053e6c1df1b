/**
 * @file Pretrained networks (the package strelu-pretrained, datasets/pretrained/ in a clone), and what is known of each.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { staysInside } from '../data/relative-path.ts';
import { InputError } from '../errors.ts';
import { brief, type Fields, readFields } from '../format/fields.ts';
import { installWords } from '../platform/optional-package.ts';
import { bytesDigest } from './digest.ts';
import { isFile, readBytes, readJson } from './files.ts';
import { isPretrained, PREFIX } from './pretrained-prefix.ts';

/** A pretrained network, as the index describes it. */
export interface Pretrained {
  readonly name: string;
  /** The file's name, beside the index. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly dataset: string;
  /** The command line that trained it, the seed included. */
  readonly command: string;
  readonly seed: number;
  /** The accuracy of the weights as the file has them, in percent of all test images; flipped: with test-time flip. */
  readonly accuracy: { readonly ann: number; readonly flipped: number };
  /** How many test images there are. */
  readonly images: number;
}

/**
 * The folder of the pretrained networks: in a clone it lies in datasets/; for those who installed strelu it is a package of its own,
 * looked for beside strelu and from the working folder.
 * @throws InputError when it is in none of these places
 * @example
 * const networks = await readPretrained(await pretrainedFolder());
 * networks.length > 0; // true
 */
export async function pretrainedFolder(): Promise<string> {
  for (const above of ['../../', '../../../']) {
    const folder = fileURLToPath(new URL(`${above}datasets/pretrained`, import.meta.url)); // as source, as built package
    if (await isFile(join(folder, 'index.json'))) return folder;
  }
  for (const from of [import.meta.url, pathToFileURL(`${process.cwd()}/package.json`)]) {
    try {
      return dirname(createRequire(from).resolve('strelu-pretrained/index.json'));
    } catch {
      // Not installed there.
    }
  }
  throw new InputError(
    `pretrained networks: expected the package strelu-pretrained, found none; ${installWords('...', 'strelu-pretrained')}`,
  );
}

/**
 * What the folder's index says of each network.
 * @throws InputError naming the field that is wrong
 * @example
 * const networks = await readPretrained(await pretrainedFolder());
 * networks.every(({ accuracy }) => accuracy.ann > 80); // true: percent of the test images
 */
export async function readPretrained(folder: string): Promise<Pretrained[]> {
  const path = join(folder, 'index.json');
  return parsePretrained(await readJson(path), path);
}

/** @throws InputError naming the field that is wrong */
export function parsePretrained(content: unknown, source: string): Pretrained[] {
  return readFields(content, source, (fields) => fields.list('networks').map(readEntry));
}

function readEntry(fields: Fields): Pretrained {
  const accuracy = fields.object('accuracy');
  const [file, sha256] = [fields.text('file'), fields.text('sha256')];
  if (!staysInside(file) || file.includes('/'))
    throw new InputError(`${fields.place}: file should be a name beside the index, found ${brief(file)}`);
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new InputError(`${fields.place}: sha256 should be 64 hexadecimal digits, found ${brief(sha256)}`);
  return {
    name: fields.text('name'),
    file,
    sha256,
    bytes: fields.count('bytes'),
    dataset: fields.text('dataset'),
    command: fields.text('command'),
    seed: fields.number('seed', 0),
    accuracy: { ann: accuracy.number('ann', 0, 100), flipped: accuracy.number('flipped', 0, 100) },
    images: fields.count('images'),
  };
}

/**
 * The path of a network's file.
 * @throws InputError when its bytes are not those of the index
 */
export async function pretrainedFile(folder: string, { file, sha256 }: Pretrained): Promise<string> {
  const path = join(folder, file);
  const found = bytesDigest(await readBytes(path), 'sha256');
  if (found !== sha256)
    throw new InputError(`${path}: expected SHA-256 ${sha256}, found ${found}; get the file again`);
  return path;
}

/**
 * The path of a network that may be a pretrained one: pretrained:NAME is its file, any other path stays as it is.
 * @throws InputError for a name that is not in the index, and for a path at which there is nothing and that is nearly such a name
 * @example
 * const path = await networkPath('pretrained:strokes-lenet-strelu');
 * path.endsWith('strokes-lenet-strelu.safetensors'); // true: loadModel(path) reads it
 */
export async function networkPath(path: string): Promise<string> {
  if (!isPretrained(path)) {
    if (!existsSync(path)) await refuseNear(path);
    return path;
  }
  const name = path.slice(PREFIX.length);
  const folder = await pretrainedFolder();
  const networks = await readPretrained(folder);
  const found = networks.find((network) => network.name === name);
  if (found) return pretrainedFile(folder, found);
  const known = networks.map((network) => network.name).join(', ') || 'none';
  throw new InputError(`${path}: no such network comes with this program; there are: ${known}`);
}

/** A name without the word before it, or with a slip in that. */
async function refuseNear(path: string): Promise<void> {
  const networks = await pretrainedFolder()
    .then(readPretrained)
    .catch(() => []);
  const name = path.slice(path.indexOf(':') + 1);
  if (networks.some((network) => network.name === name))
    throw new InputError(`${path}: cannot be read (no such file); did you mean ${PREFIX}${name}?`);
}
