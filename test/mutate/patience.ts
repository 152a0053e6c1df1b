/** @file When a test that goes on and on is given up: by the processor time it used, so that a busy machine is not taken for a loop. */
import { readFileSync } from 'node:fs';

/** A process that waits for ever uses no processor: it is given up after so many times the patience, while this one runs. */
const WAITING_TIMES = 10;
/** Ticks of a clock that Linux counts processor time by. */
const TICKS_PER_SECOND = 100;
const LOOK_MS = 1000;

/**
 * Calls `giveUp` once the process has used more than `seconds` of a processor, or ten times as long has passed. Where the system does
 * not say what a process used, time that passed counts.
 * @returns a function that stops looking, and says how many seconds of a processor it took, as far as was seen: never less than it did
 */
export function whenLate(pid: number, seconds: number, giveUp: () => void): () => number {
  const started = performance.now();
  let looks = 0;
  let seen: number | null = 0;
  const timer = setInterval(() => {
    // not by a clock: where the whole machine stood still, or both processes were stopped, nothing is late
    const passed = (++looks * LOOK_MS) / 1000;
    seen = used(pid);
    if (passed > WAITING_TIMES * seconds || (seen ?? passed) > seconds) {
      clearInterval(timer);
      giveUp();
    }
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    const wall = (performance.now() - started) / 1000;
    return seen === null ? wall : Math.min(wall, seen + LOOK_MS / 1000);
  };
}

/** Seconds of a processor, of all threads; null where that cannot be told. */
function used(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}
