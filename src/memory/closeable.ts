/**
 * @file What holds memory or a thread until it is closed. OWNERSHIP.md, beside this file, says who owns what.
 */
import { UsageError } from '../errors.ts';

/** Holds memory or threads until it is closed. */
export interface Closeable {
  /** Gives back all that it holds. Closing it a second time does nothing. */
  close(): void;
  /** The same, for `using` declarations. */
  [Symbol.dispose](): void;
}

/**
 * The two ends of a thing whose holdings `release` gives back; it is called once at most.
 * @example
 * let open = 1;
 * const door = closeable(() => { open -= 1; });
 * door.close();
 * door.close();
 * open; // 0
 */
export function closeable(release: () => void): Closeable {
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    release();
  };
  return { close, [Symbol.dispose]: close };
}

/** The ends of a thing, and a check for what it does: after its end it would reach for memory that may be another's by then. */
export interface Guard {
  readonly ends: Closeable;
  /** @throws UsageError once the thing has been closed */
  mustBeOpen(): void;
}

/** As `closeable`, for a thing that is used until then. @param name what it is, as the error begins */
export function guarded(name: string, release: () => void): Guard {
  let open = true;
  return {
    ends: closeable(() => {
      open = false;
      release();
    }),
    mustBeOpen() {
      if (!open)
        throw new UsageError(`${name}: it has been closed; close it after its last use, or make another`);
    },
  };
}
