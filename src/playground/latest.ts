/**
 * @file Work that is asked for faster than it is done: one at a time, and of those that wait only the newest.
 */

/** @returns asks for the work; what it is given replaces what still waits */
export function latest<T>(work: (given: T) => Promise<void>): (given: T) => void {
  let waits: { readonly given: T } | null = null;
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (waits) {
      const { given } = waits;
      waits = null;
      await work(given);
    }
    running = false;
  };
  return (given) => {
    waits = { given };
    if (!running) void run();
  };
}
