/**
 * @file What was dropped, as a list of files with paths: hidden files passed over, archives (ZIP, tar) opened. What a folder or an
 * archive has in front of all its paths is left out.
 */
import { readTar } from '../../../data/tar.ts';
import { unzip, zipMembers } from '../../../data/zip.ts';
import { InputError } from '../../../errors.ts';
import type { DroppedFile } from '../../protocol.ts';
import { MOST, refuseLarge } from './limits.ts';

/** A file, not read yet. */
export interface Entry {
  /** Without what all paths have in common. */
  readonly path: string;
  readonly bytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

export interface Entries {
  /** What all of it is called: the folder, the archive, the only file. */
  readonly name: string;
  /** In the order of their paths. */
  readonly files: readonly Entry[];
}

/** @throws InputError for more than the page takes on, a damaged archive, or nothing at all */
export async function entriesOf(dropped: readonly DroppedFile[]): Promise<Entries> {
  refuseLarge(
    nameOf(dropped.map(({ path }) => path)),
    dropped.reduce((sum, { file }) => sum + file.size, 0),
    MOST.bytes,
  );
  const visible = dropped.filter(({ path }) => !isHidden(path));
  const archive = visible.find(({ path }) => ARCHIVE.test(path));
  if (archive && visible.length > 1)
    throw new InputError(
      `${archive.path}: expected an archive alone, found ${visible.length - 1} files beside it; drop one or the others`,
    );
  const all = archive
    ? await opened(archive)
    : visible.map(({ path, file }) => ({ path, bytes: bytesOf(file) }));
  const files = all.filter(({ path }) => !isHidden(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (files.length === 0)
    throw new InputError(`${archive?.path ?? 'files'}: expected images or tables, found none; drop others`);
  if (files.length > MOST.files)
    throw new InputError(
      `${archive?.path ?? 'files'}: this page takes at most ${MOST.files} files, found ${files.length}; take fewer, or train by strelu train`,
    );
  const paths = files.map(({ path }) => path);
  const common = commonFolder(paths);
  const name = archive ? archive.path.replace(ARCHIVE, '') : nameOf(paths);
  return { name, files: files.map((file) => ({ ...file, path: file.path.slice(common.length) })) };
}

const ARCHIVE = /\.(zip|tar|tar\.gz|tgz)$/i;

const bytesOf =
  (file: Blob): Entry['bytes'] =>
  async () =>
    new Uint8Array(await file.arrayBuffer());

/** Also what archives of macOS and folders of Windows have beside the files. */
const isHidden = (path: string): boolean =>
  path
    .split('/')
    .some((part) => part.startsWith('.') || part === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(part));

/** The folders that all paths begin with, as far as they are no part or class of their own. */
function commonFolder(paths: readonly string[]): string {
  let common = paths[0]!.slice(0, paths[0]!.lastIndexOf('/') + 1);
  while (!paths.every((path) => path.startsWith(common)))
    common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
  return common;
}

/** What a set is called: its folder, its only file, or 'files'. */
function nameOf(paths: readonly string[]): string {
  if (paths.length === 1) return paths[0]!.split('/').at(-1)!;
  const folder = paths.length === 0 ? '' : commonFolder(paths).replace(/\/$/, '');
  return folder.split('/').at(-1) || 'files';
}

async function opened({ path, file }: DroppedFile): Promise<Entry[]> {
  return /\.zip$/i.test(path) ? zipEntries(path, file) : tarEntries(path, file);
}

async function zipEntries(path: string, file: Blob): Promise<Entry[]> {
  const archive = new Uint8Array(await file.arrayBuffer());
  const members = zipMembers(archive, path).filter(({ name }) => !name.endsWith('/'));
  refuseLarge(
    path,
    members.reduce((sum, { size }) => sum + size, 0),
    MOST.bytes,
  );
  return members.map((member) => ({ path: member.name, bytes: () => unzip(archive, member, path) }));
}

async function tarEntries(path: string, file: Blob): Promise<Entry[]> {
  const packed = /\.(tgz|gz)$/i.test(path);
  const stream = packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const entries: Entry[] = [];
  let total = 0;
  const wanted = (name: string, size: number): boolean => {
    if (isHidden(name)) return false;
    total += size;
    refuseLarge(path, total, MOST.bytes);
    return true;
  };
  for await (const { name, bytes } of readTar(stream, path, wanted))
    entries.push({ path: name.replace(/^\.\//, ''), bytes: async () => bytes });
  return entries;
}
