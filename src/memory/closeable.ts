/**
 * @file What holds memory or a thread until it is closed. OWNERSHIP.md, beside this file, says who owns what.
 */

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
