/**
 * @file `folder:DIR`: DIR/train/CLASS/PICTURE and DIR/test/CLASS/PICTURE (in any spelling; val in place of test), or DIR/CLASS/PICTURE with
 * a split.
 */
import { join } from 'node:path';
import { InputError, UsageError } from '../../errors.ts';
import { decodePictures } from '../folder/decode-pictures.ts';
import { entriesOf, listPictures } from '../folder/list-pictures.ts';
import { partFolders } from '../folder/part-folders.ts';
import { bothParts, knownClasses, notDivided, type SortedPictures, wholePart } from './class-folders.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';
import { refuseOneForTwo } from './two-parts.ts';

/** @throws InputError naming what is wrong with the folder; no picture has been looked at yet */
export async function openFolderSet(path: string, options: OwnOptions): Promise<OwnSet> {
  const { classNames, parts, hidden } = await partsOf(path, options);
  if (hidden > 0) options.log?.(`folder:${path}: ${hidden} hidden files passed over`);
  return {
    classNames,
    classes: async () => classNames.length,
    async read(part, limit) {
      const { files, labels } = parts(part);
      const some = files.slice(0, limit);
      const { size, channels, learned, decoders: threads } = options;
      const known = learned?.mean.length;
      const wanted = channels ?? (known === 3 ? 3 : undefined);
      const { images, shape, firstInColour } = await decodePictures({
        files: some,
        size,
        channels: wanted,
        threads,
      });
      if (known === 1 && wanted === undefined && firstInColour !== null)
        throw new InputError(
          `${firstInColour}: expected grey pictures, as those that were learned, found one in colour; ask for one channel`,
        );
      const classes = some.map((_, i) => labels[i]!);
      const typed = classNames.length > 256 ? Uint16Array.from(classes) : Uint8Array.from(classes);
      return { images, labels: typed, count: some.length, shape, place: path };
    },
  };
}

/** The pictures of the folder, sorted. */
async function partsOf(path: string, options: OwnOptions): Promise<SortedPictures> {
  const { split } = options;
  const { entries, hidden } = await entriesOf(path);
  const names = entries.map(({ name }) => name);
  const found = partFolders(path, names);
  const trainFolder = found.train && join(path, found.train);
  const testFolder = found.test && join(path, found.test);
  if (trainFolder && testFolder) {
    const parts = `${found.train} and ${found.test}`;
    if (names.length > 2)
      throw new InputError(
        `${join(path, names.find((name) => name !== found.train && name !== found.test)!)}: expected ${parts} alone in ${path}; move it out`,
      );
    if (split !== undefined)
      throw new UsageError(`${path}: has folders ${parts} already; a split would change nothing`);
    if (!/^test/i.test(found.test!))
      options.log?.(`folder:${path}: the test images are those of ${found.test}`);
    refuseOneForTwo([
      ['training pictures', trainFolder],
      ['test pictures', testFolder],
    ]);
    const [train, test] = [await listPictures(trainFolder, path), await listPictures(testFolder, path)];
    const both = bothParts(train, test, options);
    return { ...both, hidden: hidden + both.hidden };
  }
  const alone = names.length === 1 ? (trainFolder ?? testFolder) : null;
  if (alone && split === undefined && knownClasses(options) === null)
    throw notDivided(path, `only ${names[0]}`);
  return wholePart(path, await listPictures(alone ?? path, path), options);
}
