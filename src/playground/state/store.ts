/**
 * @file A value that is replaced, never changed, and those who want to know.
 */

export interface Store<T> {
  readonly value: T;
  /** Replaces some fields and tells everyone, unless nothing differs. */
  set(change: Partial<T>): void;
  /** Called now and after each change, with the value before it. */
  watch(see: (value: T, before: T) => void): void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const watchers: ((value: T, before: T) => void)[] = [];
  return {
    get value() {
      return value;
    },
    set(change) {
      const differs = Object.entries(change).some(([key, to]) => value[key as keyof T] !== to);
      if (!differs) return;
      const before = value;
      value = { ...value, ...change };
      for (const see of watchers) see(value, before);
    },
    watch(see) {
      watchers.push(see);
      see(value, value);
    },
  };
}
