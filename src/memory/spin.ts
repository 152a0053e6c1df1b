/**
 * Rounds before a thread goes to sleep: some tens of microseconds, the usual gap between two kernels.
 * No Atomics.pause: a hypervisor may answer loops of it by taking the processor away (measured: 1.3 ms a run instead of 2 us).
 */
const ROUNDS = 20000;

/** Watches a shared word for a short while. Returns true when it still holds `value`. */
export function spinWhile(words: Int32Array<ArrayBufferLike>, index: number, value: number): boolean {
  for (let round = 0; round < ROUNDS; round++) {
    if (Atomics.load(words, index) !== value) return false;
  }
  return true;
}
