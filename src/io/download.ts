/**
 * @file Downloads a data set of the manifest into a directory. Files that are whole already stay; the others are downloaded,
 * checked and, where they come in an archive, unpacked. A file that another process downloads at the moment is waited for.
 */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { readTar } from '../data/tar.ts';
import { InputError } from '../errors.ts';
import { bytesDigest, isWhole } from './digest.ts';
import { type FetchOptions, fetchFile } from './fetch-file.ts';
import { lockFile, removeStaleLock } from './file-lock.ts';
import type { ManifestDataset, ManifestFile, StatedFile } from './manifest.ts';
import { sweepFolder } from './temporary-name.ts';
import { unpackZip } from './unpack-zip.ts';
import { writeAtomic } from './write-atomic.ts';

/** What a download has just done. */
export interface DownloadProgress {
  readonly dataset: string;
  readonly file: string;
  /**
   * have: the file was there and whole. receive: bytes of it arrive. unpack: it has been taken out of its archive. done: it is in
   * its place and checked.
   */
  readonly phase: 'have' | 'receive' | 'unpack' | 'done';
  /** Bytes of the file so far, and of all of it. */
  readonly received: number;
  readonly total: number;
}

/** How to download. */
export interface DownloadOptions extends Pick<FetchOptions, 'stallSeconds' | 'leastRate'> {
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Told once when another process, `holder`, downloads a file, and this one waits for it. */
  readonly onWait?: ((file: string, holder: string) => void) | undefined;
}

/** How many files were there already, and how many were downloaded. */
export interface Downloaded {
  readonly had: number;
  readonly fetched: number;
}

/**
 * Downloads what is missing of a data set.
 * @throws InputError naming the file and the failure of every mirror. Finished files stay, unfinished ones are resumed next time.
 */
export async function downloadDataset(
  dataset: ManifestDataset,
  directory: string,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const tell = (file: ManifestFile, phase: DownloadProgress['phase'], received = file.bytes ?? 0): void =>
    options.onProgress?.({ dataset: dataset.name, file: file.path, phase, received, total: file.bytes ?? 0 });
  const lacking = async (files: readonly ManifestFile[]): Promise<ManifestFile[]> => {
    const missing: ManifestFile[] = [];
    for (const file of files) if (!(await isWhole(join(directory, file.path), file))) missing.push(file);
    return missing;
  };
  const missing = await lacking(dataset.files);
  for (const file of dataset.files) {
    if (missing.includes(file)) continue;
    removeStaleLock(join(directory, file.path));
    tell(file, 'have');
  }
  const fetchTo = async (file: StatedFile): Promise<void> => {
    const onBytes = (received: number): void => tell(file, 'receive', received);
    await fetchFile(join(directory, file.path), file, dataset.mirrors, { ...options, onBytes });
    tell(file, 'done');
  };
  /** Does the work on files that are still missing when no other process is at work on `file`. */
  const alone = async (
    file: ManifestFile,
    wanted: readonly ManifestFile[],
    work: (missing: readonly ManifestFile[]) => Promise<void>,
  ): Promise<number> => {
    const path = join(directory, file.path);
    const lock = await lockFile(path, { wait: (holder) => options.onWait?.(file.path, holder) });
    try {
      await sweepFolder(dirname(path));
      const left = await lacking(wanted);
      if (left.length > 0) await work(left);
      return left.length;
    } finally {
      lock.release();
    }
  };
  const { archive } = dataset;
  let fetched = 0;
  if (archive && missing.length === 0) removeStaleLock(join(directory, archive.path));
  if (archive && missing.length > 0) {
    fetched = await alone(archive, missing, async (left) => {
      const path = join(directory, archive.path);
      if (await isWhole(path, archive)) tell(archive, 'have');
      else await fetchTo(archive);
      for (const folder of new Set(left.map((file) => dirname(join(directory, file.path)))))
        await sweepFolder(folder);
      const unpack = archive.path.endsWith('.zip') ? unpackZip : unpackTar;
      await unpack(path, directory, left, (file) => tell(file, 'unpack'));
      await rm(path, { force: true });
    });
  } else {
    for (const file of missing) fetched += await alone(file, [file], () => fetchTo(file as StatedFile));
  }
  return { had: dataset.files.length - fetched, fetched };
}

/** Takes the files out of a gzipped tar archive; no other member is written. */
async function unpackTar(
  archive: string,
  directory: string,
  files: readonly ManifestFile[],
  tell: (file: ManifestFile) => void,
): Promise<void> {
  const left = new Map(files.map((file) => [file.path, file]));
  const packed = Readable.toWeb(createReadStream(archive)) as unknown as ReadableStream<
    Uint8Array<ArrayBuffer>
  >;
  const entries = packed.pipeThrough(new DecompressionStream('gzip'));
  const wanted = (name: string, size: number): boolean => {
    const file = left.get(name);
    return file !== undefined && (file.bytes ?? size) === size;
  };
  for await (const { name, bytes } of readTar(entries, archive, wanted)) {
    const file = left.get(name)!;
    if (file.digest !== null && bytesDigest(bytes, file.digest.name) !== file.digest.hex) {
      throw new InputError(
        `${archive}: ${file.digest.name} of its member ${name} is wrong; remove the archive and run again`,
      );
    }
    await writeAtomic(join(directory, name), bytes);
    left.delete(name);
    tell(file);
  }
  const [lacking] = left.keys();
  if (lacking !== undefined) {
    throw new InputError(
      `${archive}: has no member ${lacking} of the right size; remove the archive and run again`,
    );
  }
}
