/** @file A process of a test that is never left behind, whatever ends the test. */
import type { ChildProcess } from 'node:child_process';
import process from 'node:process';

/** Kills it when this process exits. */
export function endWith(child: ChildProcess): void {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}
