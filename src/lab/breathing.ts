import { setImmediate } from 'node:timers/promises';

/** What work that is done in parts comes to; between them signals are heard. */
export async function breathing<T>(parts: Generator<unknown, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = parts.next();
    if (done) return value as T;
    await setImmediate();
  }
}
