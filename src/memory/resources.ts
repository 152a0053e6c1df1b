/**
 * @file Several things that end together: what the standard's DisposableStack does, for engines that do not have it yet.
 */
import { type Closeable, closeable } from './closeable.ts';

export interface Resources extends Closeable {
  /** Takes charge of a thing and returns it. */
  use<T extends { close(): void }>(thing: T): T;
  /** Takes charge of an action to be done at the end. */
  defer(action: () => void): void;
}

/**
 * Closing does everything in reverse order, the rest also when one part of it throws; the first error is thrown at the end.
 * @example
 * const ended = [];
 * const resources = createResources();
 * resources.defer(() => ended.push('first'));
 * resources.defer(() => ended.push('second'));
 * resources.close();
 * ended; // ['second', 'first']
 */
export function createResources(): Resources {
  const actions: (() => void)[] = [];
  const end = closeable(() => {
    const errors: unknown[] = [];
    for (const action of actions.splice(0).reverse()) {
      try {
        action();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  });
  return {
    ...end,
    use(thing) {
      actions.push(() => thing.close());
      return thing;
    },
    defer(action) {
      actions.push(action);
    },
  };
}

/**
 * What `open` returns, made closeable: everything that it has taken into its resources ends with it, and at once when it throws.
 * @example
 * const tape = opened((resources) => {
 *   const arena = resources.use(new Arena(heap));
 *   return { start: arena.allocate(64) };
 * });
 * tape.close(); // closes the arena
 */
export function opened<T extends object>(open: (resources: Resources) => T): T & Closeable {
  const resources = createResources();
  try {
    return { ...open(resources), close: resources.close, [Symbol.dispose]: resources.close };
  } catch (error) {
    resources.close();
    throw error;
  }
}
