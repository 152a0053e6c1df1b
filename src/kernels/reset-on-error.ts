import type { Arena } from '../memory/arena.ts';

/**
 * The same kernels; when one of them throws half way (a lane has died, the heap is full), all scratch memory of the arena they
 * share is free again, as it is after every kernel that returns.
 * @param arena of these kernels alone: no other of them is under way when one throws
 */
export function resetOnError<K extends object>(arena: Arena, kernels: K): K {
  const guarded = Object.entries(kernels).map(([name, kernel]: [string, unknown]) => {
    if (typeof kernel !== 'function') return [name, kernel];
    const guard = (...values: unknown[]): unknown => {
      try {
        return kernel(...values);
      } catch (error) {
        arena.reset();
        throw error;
      }
    };
    return [name, guard];
  });
  return Object.fromEntries(guarded) as K;
}
