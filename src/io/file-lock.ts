/**
 * @file A lock beside a file that one process works on for long: NAME.lock, which says who holds it. Another process is told, or waits.
 * A lock whose holder is gone (killed, or the machine was switched off) is taken over.
 */
import { linkSync, lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../errors.ts';
import { checkOutput } from './check-output.ts';
import { errorCode, systemReason } from './files.ts';
import { withFolders } from './made-folders.ts';
import { birthOf, isRunning } from './processes.ts';
import { realPlace } from './real-place.ts';
import { sweepNow, temporaryName } from './temporary-name.ts';

/** A lock that is held. */
export interface FileLock {
  /** Gives it back; a second time does nothing. The end of the process does so too. */
  release(): void;
}

/** Of a device, a pipe: what is written there is nobody's to keep. */
const NO_LOCK: FileLock = { release: () => undefined };

/** Who holds a lock, as its file says. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it took the lock. */
  readonly since: string;
  /** `birthOf` the process. */
  readonly birth: string | null;
}

export interface LockOptions {
  /**
   * Absent: a lock that another process holds is an error. Given: it is waited for, and this is told once for whom.
   * @param holder 'process 12 on HOST, since 2026-01-01T00:00:00.000Z'
   */
  readonly wait?: (holder: string) => void;
}

const PAUSE_MS = 200;

/**
 * Locks a file that exists or is about to.
 * @throws InputError when another process holds the lock (and is not to be waited for), or it cannot be written
 */
export async function lockFile(path: string, { wait }: LockOptions = {}): Promise<FileLock> {
  const target = realPlace(path);
  if (isDevice(target)) return NO_LOCK;
  const lock = `${target}.lock`;
  let told = false;
  for (;;) {
    const mine = await attempt(path, target, lock);
    if (typeof mine !== 'string') return mine;
    if (!wait)
      throw new InputError(
        `${path}: another run is at work on it (${mine}); wait for its end, or choose another file; if that run is gone for good, remove ${lock}`,
      );
    if (!told) wait(mine);
    told = true;
    await setTimeout(PAUSE_MS);
  }
}

/** @throws InputError when a lock for the file could not be written: its name is longer than the file's. A device needs none. */
export function checkLock(path: string): void {
  const target = realPlace(path);
  if (!isDevice(target)) checkOutput(`${target}.lock`);
}

/** Removes the lock of a file that nothing is left to do for, where its holder was killed before it could. */
export function removeStaleLock(path: string): void {
  const target = realPlace(path);
  const lock = `${target}.lock`;
  try {
    const text = read(lock);
    if (text === null) return;
    const holder = parse(text);
    if (!holder || !isAlive(holder)) clear(lock, text, target);
  } catch {
    // It may not be read or removed: it stays, and tells who left it.
  }
}

/** @returns the lock, or who holds it */
async function attempt(path: string, target: string, lock: string): Promise<FileLock | string> {
  const me: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    birth: birthOf(process.pid),
  };
  // Written whole under another name first: nobody ever sees half a lock.
  const draft = temporaryName(target);
  const unmake = writeDraft(lock, draft, me);
  try {
    for (;;) {
      if (take(draft, lock)) {
        sweepNow(dirname(target), target); // drafts of those who were killed with them
        return held(lock, readFileSync(draft, 'utf8'), unmake);
      }
      const text = read(lock);
      if (text === null) {
        refuseLink(lock);
        continue; // given back this moment
      }
      const holder = parse(text);
      if (holder && isAlive(holder)) return `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
      clear(lock, text, target);
    }
  } catch (error) {
    throw new InputError(`${path}: cannot be locked (${systemReason(error)})`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Writes what a lock will say, in a folder that is made where it is missing. @returns takes back the folders that were made */
function writeDraft(lock: string, draft: string, me: Holder): () => void {
  try {
    return withFolders(dirname(draft), () => {
      try {
        writeFileSync(draft, `${JSON.stringify(me)}\n`, { flag: 'wx' });
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      }
    });
  } catch (error) {
    throw new InputError(`${lock}: cannot be written (${systemReason(error)})`);
  }
}

/** @throws for a link to nothing, which is neither a lock nor a place for one */
function refuseLink(lock: string): void {
  if (lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(`${lock} is a link to nothing; remove it`);
}

/** Only one of several succeeds. */
function take(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // a file system without hard links
    try {
      writeFileSync(lock, readFileSync(draft), { flag: 'wx' });
      return true;
    } catch (second) {
      if (errorCode(second) === 'EEXIST') return false;
      throw second;
    }
  }
}

/** Removes a lock whose holder is gone, unless somebody else has just done so and holds it now: that one is put back. */
function clear(lock: string, seen: string, target: string): void {
  const aside = temporaryName(target);
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== seen) take(aside, lock);
  rmSync(aside, { force: true });
}

const inHand = new Set<() => void>();
let watching = false;

/** @param unmake removes the folder where the lock was the first file in it, and nothing else came */
function held(lock: string, text: string, unmake: () => void): FileLock {
  const release = (): void => {
    if (!inHand.delete(release)) return;
    try {
      if (read(lock) === text) rmSync(lock, { force: true });
      unmake();
    } catch {
      // it will be taken for what it is: the lock of a process that is gone
    }
  };
  inHand.add(release);
  if (!watching)
    process.on('exit', () => {
      for (const one of [...inHand]) one();
    });
  watching = true;
  return { release };
}

/** Null: there is no such file (any more). */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parse(text: string): Holder | null {
  try {
    const found = JSON.parse(text) as Partial<Holder> | null;
    return typeof found?.pid === 'number' && typeof found.host === 'string' ? (found as Holder) : null;
  } catch {
    return null;
  }
}

/** Of another machine's processes nothing is known: they count as alive. */
function isAlive({ pid, host, birth }: Holder): boolean {
  if (host !== hostname()) return true;
  if (!isRunning(pid)) return false;
  const now = birthOf(pid);
  return typeof birth !== 'string' || now === null || now === birth;
}

function isDevice(path: string): boolean {
  try {
    const found = statSync(path);
    return !found.isFile() && !found.isDirectory();
  } catch {
    return false; // not there, or below a file
  }
}
