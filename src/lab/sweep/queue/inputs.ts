/** @file Files that options of a job name, by the digest of their content: in the store for all, and from there beside a job. */
import { readdir, symlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../../../errors.ts';
import { brief } from '../../../format/fields.ts';
import { ownSource } from '../../../io/dataset-names.ts';
import { bytesDigest } from '../../../io/digest.ts';
import { isFile, readBytes } from '../../../io/files.ts';
import { makeFolder } from '../../../io/require-folder.ts';
import { writeAtomic } from '../../../io/write-atomic.ts';
import type { Store } from '../stores/store.ts';
import type { OptionValue, Setting } from '../study.ts';

/** A file, or a folder as the list of its files. */
export interface Input {
  /** Within the folder of a job: inputs/DIGEST/NAME. */
  readonly path: string;
  readonly sha256: string;
  readonly folder: boolean;
}

interface Listed {
  readonly path: string;
  readonly sha256: string;
}

/** Where all inputs lie within the folder of a job. */
export const INPUTS = 'inputs';

const stored = (sha256: string): string => `files/${sha256}`;

/** What was put into a store already: a study names the same file in many jobs. */
const put = new WeakMap<Store, Map<string, Promise<Input>>>();

/** The options of a job with every file that they name in the store. */
export async function sharedOptions(
  options: Setting,
  store: Store,
): Promise<{ readonly options: Setting; readonly inputs: readonly Input[] }> {
  const inputs: Input[] = [];
  const shared: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(options)) {
    const own = typeof value === 'string' ? ownSource(value) : null;
    const path = own?.path ?? (typeof value === 'string' && name !== 'dataset' ? value : null);
    if (path === null || !(own || (await isFile(path)))) {
      shared[name] = value;
      continue;
    }
    const input = await once(store, path);
    inputs.push(input);
    shared[name] = own ? `${own.kind}:${input.path}` : input.path;
  }
  return { options: shared, inputs };
}

function once(store: Store, path: string): Promise<Input> {
  const known = put.get(store) ?? new Map<string, Promise<Input>>();
  put.set(store, known);
  const place = resolve(path);
  const found = known.get(place) ?? share(store, place);
  known.set(place, found);
  return found;
}

async function share(store: Store, path: string): Promise<Input> {
  if (await isFile(path)) {
    const sha256 = await putContent(store, await readBytes(path));
    return { path: join(INPUTS, sha256, basename(path)), sha256, folder: false };
  }
  const files: Listed[] = [];
  for (const entry of (await readdir(path, { recursive: true })).sort())
    if (await isFile(join(path, entry)))
      files.push({
        path: entry.replaceAll('\\', '/'),
        sha256: await putContent(store, await readBytes(join(path, entry))),
      });
  const sha256 = await putContent(store, new TextEncoder().encode(JSON.stringify(files)));
  return { path: join(INPUTS, sha256), sha256, folder: true };
}

async function putContent(store: Store, bytes: Uint8Array): Promise<string> {
  const sha256 = bytesDigest(bytes, 'sha256');
  if (!(await store.has(stored(sha256)))) await store.put(stored(sha256), bytes);
  return sha256;
}

/**
 * Brings inputs beside a job. They lie once on a machine, and a job's folder has a link to them.
 * @param cache the folder that keeps them
 * @throws InputError when the store lacks one, or has something else under its digest
 */
export async function bringInputs(
  store: Store,
  inputs: readonly Input[],
  cache: string,
  folder: string,
): Promise<void> {
  if (inputs.length === 0) return;
  await makeFolder(cache);
  for (const { path, sha256, folder: isFolder } of inputs) {
    const target = within(cache, path.slice(INPUTS.length + 1), store.place);
    if (!isFolder) {
      await bring(store, sha256, target);
      continue;
    }
    const listed = JSON.parse(new TextDecoder().decode(await content(store, sha256))) as Listed[];
    for (const file of listed) await bring(store, file.sha256, within(target, file.path, store.place));
  }
  await symlink(resolve(cache), join(folder, INPUTS), 'junction').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** A path of a store or a queue below a folder. @throws InputError when it leads out of it */
export function within(folder: string, path: string, place: string): string {
  const target = resolve(folder, path);
  const way = relative(resolve(folder), target);
  if (way === '' || way.split(sep)[0] === '..' || isAbsolute(way))
    throw new InputError(
      `${place}: expected a path within ${folder}, found ${brief(path)}; nothing was written`,
    );
  return target;
}

async function bring(store: Store, sha256: string, path: string): Promise<void> {
  if (await isFile(path)) return;
  await makeFolder(dirname(path));
  await writeAtomic(path, await content(store, sha256));
}

async function content(store: Store, sha256: string): Promise<Uint8Array> {
  const bytes = await store.get(stored(sha256));
  const found = bytes && bytesDigest(bytes, 'sha256');
  if (bytes && found === sha256) return bytes;
  throw new InputError(
    `${store.place}: expected a file of SHA-256 ${sha256}, found ${found ? `one of ${found}` : 'none'}; begin the study again`,
  );
}
