/** @file Runs something that writes files where it stands. */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** In a folder of its own, so that a page may write files. */
export async function inNewFolder(act: () => Promise<void>): Promise<void> {
  const before = process.cwd();
  const folder = await mkdtemp(join(tmpdir(), 'strelu-guide-'));
  // Threads load what this process was started with (--import ./test/setup.ts), from where it is then.
  for (const name of ['test', 'dist']) await symlink(join(before, name), join(folder, name));
  process.chdir(folder);
  try {
    await act();
  } finally {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  }
}
