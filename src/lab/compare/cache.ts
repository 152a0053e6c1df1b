/**
 * @file Results kept by what decides them: NAME-HASH.json holds a configuration and what was computed from it. A comparison
 * that was killed finds what it had measured; a changed configuration has another hash.
 */
import { join } from 'node:path';
import { bytesDigest } from '../../io/digest.ts';
import { isFile, readJson } from '../../io/files.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { canonical, canonicalDigest } from '../canonical-digest.ts';
import { packageVersion } from '../version.ts';

/** Raised whenever the same configuration would give another result than before. */
const FORMAT = 2;

export type Config = Readonly<Record<string, unknown>>;

export interface Cache {
  readonly folder: string;
  /** True: what is there is not looked at, and is written anew. */
  readonly fresh: boolean;
}

/** The configuration as it is hashed: with the program's version. */
export function wholeConfig(config: Config): Config {
  return { ...config, version: packageVersion(), format: FORMAT };
}

/** The hash of a configuration; it does not depend on the order of the keys. */
export function configHash(config: Config): string {
  return canonicalDigest(wholeConfig(config)).slice(0, 20);
}

export function cachePath(cache: Cache, name: string, config: Config, ending: string): string {
  return join(cache.folder, `${name}-${configHash(config)}.${ending}`);
}

/**
 * What the cache has for the configuration, or what `compute` gives, which is then kept. Either way the value has been through
 * JSON, so that a second run sees the same.
 * @param note told when a damaged file is computed again
 */
export async function cached<T>(
  cache: Cache,
  name: string,
  config: Config,
  compute: () => Promise<T>,
  note: (line: string) => void,
): Promise<{ readonly value: T; readonly hit: boolean }> {
  const path = cachePath(cache, name, config, 'json');
  if (!cache.fresh && (await isFile(path))) {
    const found = await readEntry(path, config).catch(() => null);
    if (found !== null) return { value: JSON.parse(found) as T, hit: true };
    note(`${path}: damaged, or of another configuration; computed again`);
  }
  const text = JSON.stringify(await compute());
  const entry = { config: wholeConfig(config), digest: digestOf(text), result: JSON.parse(text) as unknown };
  await writeAtomic(path, `${JSON.stringify(entry, null, 1)}\n`);
  return { value: JSON.parse(text) as T, hit: false };
}

/** The text of a result that is whole and belongs to the configuration, otherwise null. */
async function readEntry(path: string, config: Config): Promise<string | null> {
  const entry = (await readJson(path)) as Record<string, unknown> | null;
  const text = JSON.stringify(entry?.result);
  const same = canonical(entry?.config) === canonical(wholeConfig(config));
  return same && text !== undefined && digestOf(text) === entry?.digest ? text : null;
}

const digestOf = (text: string): string => bytesDigest(new TextEncoder().encode(text), 'sha256');
