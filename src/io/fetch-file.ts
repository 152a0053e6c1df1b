/**
 * @file Downloads one file: it is received into NAME.partial, resumed after an interruption, and renamed once it is whole and has
 * the right digest.
 */
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { InputError } from '../errors.ts';
import { isWhole } from './digest.ts';
import { errorCode, systemReason } from './files.ts';
import type { StatedFile } from './manifest.ts';
import { makeFolder } from './require-folder.ts';
import { syncFolder } from './write-atomic.ts';

/** How to download a file. */
export interface FetchOptions {
  /** Called with the number of bytes of the file that are on the disk so far. */
  readonly onBytes?: ((received: number) => void) | undefined;
  /** A mirror is given up when nothing has arrived for this long. Default: 30. */
  readonly stallSeconds?: number | undefined;
  /** A mirror is given up when fewer bytes a second than this arrive over twice as long. Default: 1000. */
  readonly leastRate?: number | undefined;
}

/** Seconds without a byte after which a mirror is given up. */
const STALL_SECONDS = 30;

/** Bytes a second below which a mirror is given up: at this rate the smallest data set would take hours. */
const LEAST_RATE = 1000;

/** How many times all mirrors are tried. What has been received is kept, so that a second round only fetches the rest. */
const ROUNDS = 2;

/**
 * Downloads `file` to `path` from the first mirror that delivers it whole and right. What is at `path` stays until then.
 * @throws InputError when no mirror does; what was received is kept in `path`.partial unless its digest was wrong
 */
export async function fetchFile(
  path: string,
  file: StatedFile,
  mirrors: readonly string[],
  options: FetchOptions = {},
): Promise<void> {
  const partial = `${path}.partial`;
  const failures: string[] = [];
  await makeFolder(dirname(path));
  for (let round = 0; round < ROUNDS; round++) {
    for (const mirror of mirrors) {
      const url = mirror + basename(file.path);
      try {
        await receive(url, partial, file, options);
      } catch (error) {
        if (isLocal(error)) throw new InputError(`${partial}: cannot be written (${systemReason(error)})`);
        failures.push(`${url}: ${reason(error)}`);
        continue;
      }
      if (await isWhole(partial, file)) {
        await rename(partial, path).catch((error: unknown) => {
          throw new InputError(`${path}: cannot be written (${systemReason(error)}); ${partial} is whole`);
        });
        await syncFolder(dirname(path));
        return;
      }
      const size = await sizeOf(partial);
      if (size >= file.bytes) {
        failures.push(`${url}: ${file.digest.name} of the ${size} bytes received is wrong`);
        await rm(partial, { force: true });
      } else failures.push(`${url}: ended after ${size} of ${file.bytes} bytes`);
    }
  }
  const kept = await sizeOf(partial);
  const remedy = kept > 0 ? `${kept} bytes are kept, run again to resume` : 'check the network and run again';
  throw new InputError(
    `${file.path}: could not be downloaded (${[...new Set(failures)].join('; ')}); ${remedy}`,
  );
}

/** Appends to the partial file what is missing. Returns when the server has no more, or has sent more than there should be. */
async function receive(url: string, partial: string, file: StatedFile, options: FetchOptions): Promise<void> {
  let have = await sizeOf(partial);
  if (have >= file.bytes) return;
  const abort = new AbortController();
  const stall = (options.stallSeconds ?? STALL_SECONDS) * 1000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(new Error(`nothing arrived for ${stall / 1000} s`)), stall);
  };
  wait();
  const span = 2 * stall;
  const least = ((options.leastRate ?? LEAST_RATE) * span) / 1000;
  let before = have;
  const pace = setInterval(() => {
    if (have - before < least)
      abort.abort(new Error(`only ${have - before} bytes arrived in ${span / 1000} s`));
    before = have;
  }, span);
  try {
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (have > 0) headers.range = `bytes=${have}-`;
    const response = await fetch(url, { headers, signal: abort.signal });
    const goesOn =
      response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`);
    if (!goesOn) {
      if (response.status !== 200) {
        await response.body?.cancel();
        if (response.status === 416 || response.status === 206) await rm(partial, { force: true });
        throw new Error(`the server answered ${response.status}`);
      }
      have = 0;
    }
    if (!response.body) throw new Error('the server answered without content');
    const out = await open(partial, have > 0 ? 'a' : 'w');
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        wait();
        await out.writeFile(chunk);
        have += chunk.length;
        options.onBytes?.(have);
        if (have > file.bytes) break;
      }
      await out.sync();
    } finally {
      await out.close();
    }
  } finally {
    clearTimeout(timer);
    clearInterval(pace);
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

/** True when the disk failed, not the network. */
function isLocal(error: unknown): boolean {
  return ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOENT', 'ENOTDIR', 'EDQUOT'].includes(
    errorCode(error),
  );
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return errorCode(cause) || systemReason(cause) || 'connection failed';
}
