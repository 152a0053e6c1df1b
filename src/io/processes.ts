/** @file Which processes of this machine are running. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { errorCode } from './files.ts';

/** True while there is a process of this number, this one included. */
export function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // anything but "no such process" means that it is there, though not ours
    return !(errorCode(error) === 'ESRCH' || /ESRCH|no such process/i.test(String(error)));
  }
}

/**
 * What sets a process apart from a later one of the same number: when it was started, in ticks since the machine was, and which
 * start of the machine that was. Null where the system does not tell (it is Linux that does).
 */
export function birthOf(pid: number): string | null {
  const ticks = statFields(pid)?.[19];
  if (ticks === undefined) return null;
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
  } catch {
    return ticks;
  }
}

/** It has ended, only its parent has not asked how. */
const isZombie = (pid: number): boolean => statFields(pid)?.[0] === 'Z';

/** From the state on: what stands behind the name, which may itself hold spaces and brackets. */
function statFields(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
