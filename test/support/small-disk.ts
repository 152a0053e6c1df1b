/** @file A file system of a few kilobytes, for tests of a disk that is full or may not be written: a tmpfs, where this user may mount one. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Leaves so many pages of 4 KiB free, by a file of the name `filler`. */
  fill(free: number): Promise<void>;
  /** Another size in KiB, or that it may not be written; what lies on it stays. */
  change(options: string): void;
  unmount(): Promise<void>;
}

const PAGE = 4096;

/** @returns why there is none here, or one */
export async function smallDisk(kilobytes: number): Promise<SmallDisk | string> {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-disk-'));
  const mount = (...words: string[]): string | null => {
    const { status, error, stderr } = spawnSync('mount', [...words, folder], { encoding: 'utf8' });
    return status === 0 ? null : (error?.message ?? stderr.trim());
  };
  const refused = mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs');
  if (refused !== null) {
    await rm(folder, { recursive: true });
    return `no file system can be mounted here (${refused})`;
  }
  return {
    folder,
    async fill(free) {
      await rm(join(folder, 'filler'), { force: true });
      let pages = 0;
      const page = new Uint8Array(PAGE);
      try {
        for (;;) {
          await writeFile(join(folder, 'filler'), page, { flag: 'a' });
          pages++;
        }
      } catch {
        // No page is left.
      }
      await rm(join(folder, 'filler'));
      await writeFile(join(folder, 'filler'), new Uint8Array(PAGE * Math.max(0, pages - free)));
    },
    change(options) {
      const failed = mount('-o', `remount,${options}`);
      if (failed !== null) throw new Error(failed);
    },
    async unmount() {
      spawnSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
