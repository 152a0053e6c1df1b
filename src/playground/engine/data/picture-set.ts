/** @file Dropped pictures as a set: the same classes, split and pixels as `folder:DIR` has at the command line. */
import { decodePicture } from '../../../data/pictures/decode-picture.ts';
import { withChannels, withSize } from '../../../data/pictures/fit-picture.ts';
import type { Picture, PictureDecoders } from '../../../data/pictures/picture.ts';
import { InputError } from '../../../errors.ts';
import { bothParts, type SortedPictures, wholePart } from '../../../io/own/class-folders.ts';
import type { OwnOptions, OwnSet } from '../../../io/own/own-set.ts';
import { classFolders } from './class-of.ts';
import type { Entries, Entry } from './entries.ts';
import { MOST, refuseLarge } from './limits.ts';

/** @throws InputError naming what is wrong with the paths; no picture has been looked at yet */
export function pictureSet({ name, files }: Entries, options: OwnOptions): OwnSet {
  const { classNames, parts } = sorted(
    name,
    files.map(({ path }) => path),
    options,
  );
  const entries = new Map(files.map((file) => [file.path, file]));
  return {
    classNames,
    classes: async () => classNames.length,
    async read(part) {
      const { files: paths, labels } = parts(part);
      const pictures = await decoded(
        paths.map((path) => entries.get(path)!),
        options,
      );
      const { height, width, channels } = pictures[0]!;
      const size = height * width * channels;
      const images = new Uint8Array(pictures.length * size);
      pictures.forEach(({ data }, i) => {
        images.set(data, i * size);
      });
      const shape = [height, width, channels] as const;
      return { images, labels: Uint8Array.from(labels), count: pictures.length, shape, place: name };
    },
  };
}

function sorted(name: string, paths: readonly string[], options: OwnOptions): SortedPictures {
  const divided = ['train/', 'test/'].every((part) => paths.some((path) => path.startsWith(part)));
  if (divided)
    return bothParts(
      classFolders(`${name}/train`, paths, 'train/'),
      classFolders(`${name}/test`, paths, 'test/'),
      options,
    );
  return wholePart(name, classFolders(name, paths), options);
}

/** All in one size, and in colour where any is. */
async function decoded(files: readonly Entry[], { size, learned }: OwnOptions): Promise<Picture[]> {
  const decoders = await loadDecoders();
  const pictures: Picture[] = [];
  let bytes = 0;
  for (const { path, bytes: read } of files) {
    const picture = decodePicture(await read(), path, decoders);
    const fitted = size ? withSize(picture, size[0], size[1]) : alike(picture, pictures[0], path);
    bytes += fitted.data.length;
    refuseLarge('pictures', bytes, MOST.pixels);
    pictures.push(fitted);
  }
  const channels = (learned?.mean.length ?? Math.max(...pictures.map((one) => one.channels))) as 1 | 3;
  return pictures.map((picture) => withChannels(picture, channels));
}

/** @throws InputError with the code that asks for a size */
function alike(picture: Picture, first: Picture | undefined, path: string): Picture {
  const { height, width } = picture;
  if (height > MOST.side || width > MOST.side)
    throw new InputError(
      `${path}: expected at most ${MOST.side}x${MOST.side} pixels, found ${height}x${width}; give a size that all are brought to`,
      { code: 'sizes-differ' },
    );
  if (first && (first.height !== height || first.width !== width))
    throw new InputError(
      `${path}: expected ${first.height}x${first.width} pixels, as the first has, found ${height}x${width}; give a size that all are brought to`,
      { code: 'sizes-differ' },
    );
  return picture;
}

/** The packages that decode at the command line too, so that the pixels are the same. */
async function loadDecoders(): Promise<PictureDecoders> {
  const [png, jpeg] = await Promise.all([import('fast-png'), import('jpeg-js')]);
  return { png: png.decode as PictureDecoders['png'], jpeg: jpegOf(jpeg) };
}

/** jpeg-js is a CommonJS module: what it exports may lie one step further in. */
function jpegOf(found: unknown): PictureDecoders['jpeg'] {
  type Exports = { readonly decode?: PictureDecoders['jpeg']; readonly default?: Exports };
  const exports = found as Exports;
  return exports.decode ?? exports.default?.decode;
}
