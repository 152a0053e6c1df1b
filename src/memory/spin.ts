/** Rounds before a thread goes to sleep: some tens of microseconds, the usual gap between two kernels. */
const ROUNDS = 20000;

const { pause } = Atomics as { pause?: () => void };

/** Watches a shared word for a short while. Returns true when it still holds `value`. */
export function spinWhile(words: Int32Array<ArrayBufferLike>, index: number, value: number): boolean {
  for (let round = 0; round < ROUNDS; round++) {
    if (Atomics.load(words, index) !== value) return false;
    pause?.();
  }
  return true;
}
