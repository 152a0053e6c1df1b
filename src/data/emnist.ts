/**
 * @file EMNIST, handwritten characters in MNIST's format, in the six ways in which its publisher divides them. Its files hold every
 * image transposed, and count letters from 1; here images stand upright and classes begin at 0.
 */
import { InputError } from '../errors.ts';
import type { Dataset } from './dataset.ts';
import { type MnistKind, type NamedBytes, readMnist } from './mnist.ts';

const DIGITS = [...'0123456789'];
const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Small letters that do not look like their capitals. */
const UNLIKE = [...'abdefghnqrt'];

/** A division of EMNIST. */
export type EmnistDivision = 'balanced' | 'byclass' | 'bymerge' | 'digits' | 'letters' | 'mnist';

/** The divisions, and the names of their classes. */
export const EMNIST_CLASSES: Readonly<Record<EmnistDivision, readonly string[]>> = {
  balanced: [...DIGITS, ...CAPITALS, ...UNLIKE],
  byclass: [...DIGITS, ...CAPITALS, ...CAPITALS.map((letter) => letter.toLowerCase())],
  bymerge: [...DIGITS, ...CAPITALS, ...UNLIKE],
  digits: DIGITS,
  letters: CAPITALS,
  mnist: DIGITS,
};

/** @throws InputError as `readMnist`, and for a label that is no class */
export async function readEmnist(
  division: EmnistDivision,
  images: NamedBytes,
  labels: NamedBytes,
): Promise<Dataset> {
  const first = division === 'letters' ? 1 : 0;
  const kind: MnistKind = { name: `emnist:${division}`, classNames: EMNIST_CLASSES[division] };
  const dataset = await readMnist(kind, images, labels, first);
  return { ...dataset, images: transposed(dataset, images.name) };
}

/** Every image with its rows as columns. */
function transposed({ images, count, shape }: Dataset, name: string): Uint8Array<ArrayBuffer> {
  const [height, width] = shape;
  if (height !== width)
    throw new InputError(`${name}: expected square images, found ${height}x${width}; is it the right file?`);
  const size = height * width;
  const out = new Uint8Array(count * size);
  for (let i = 0; i < count; i++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) out[i * size + y * width + x] = images[i * size + x * width + y]!;
  return out;
}
