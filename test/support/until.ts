/** @file Waits for what another process does, and never for ever: a test whose time is up says what it waited for. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  /** Of the test: aborted when its time is up. */
  readonly signal: AbortSignal;
  /** Called between two looks: why what is waited for cannot come any more, null while it can. */
  readonly over?: () => string | null;
}

/** @param find looks; undefined, null and false mean not yet @returns what it found */
export async function until<T>(
  what: string,
  find: () => T | Promise<T>,
  { signal, over }: Patience,
): Promise<Exclude<T, undefined | null | false>> {
  for (;;) {
    const why = signal.aborted ? 'the test had no more time' : over?.();
    if (why) throw new Error(`waited for ${what}, but ${why}`);
    const found = await find();
    if (found !== undefined && found !== null && found !== false)
      return found as Exclude<T, undefined | null | false>;
    await pause(20);
  }
}
