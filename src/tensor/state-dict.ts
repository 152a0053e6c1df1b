/**
 * @file The values of named tensors as plain data, and back.
 */
import type { Tensor } from './interfaces.ts';
import type { Shape } from './shape.ts';

/** By name, a copy of the values and their shape. */
export type StateDict = Readonly<
  Record<string, { readonly shape: Shape; readonly values: Float32Array<ArrayBuffer> }>
>;

/** Tensors by name: an object, or what a model has. */
export type NamedTensors = Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>;

const entriesOf = (tensors: NamedTensors): [string, Tensor][] =>
  tensors instanceof Map ? [...tensors] : Object.entries(tensors);

/**
 * The values of tensors, copied.
 * @example
 * stateDict({ w: tape.array([1, 2]) }).w.values; // [1, 2]
 */
export function stateDict(tensors: NamedTensors): StateDict {
  return Object.fromEntries(
    entriesOf(tensors).map(([name, { shape, data }]) => [name, { shape, values: Float32Array.from(data) }]),
  );
}

/**
 * Writes values back into the tensors of the same names, all or none.
 * @throws Error when a name is missing or unknown, or a shape differs
 * @example
 * const w = parameter(heap, [2], constant(1));
 * loadStateDict({ w }, { w: { shape: [2], values: Float32Array.of(3, 4) } });
 * w.data; // [3, 4]
 */
export function loadStateDict(tensors: NamedTensors, state: StateDict): void {
  const own = new Map(entriesOf(tensors));
  for (const name of Object.keys(state))
    if (!own.has(name))
      throw new Error(`loadStateDict: expected the tensors ${[...own.keys()].join(', ')}, found ${name}`);
  for (const [name, { shape }] of own) {
    const found = state[name];
    if (found?.shape.join() !== shape.join())
      throw new Error(
        `loadStateDict: expected ${name} of shape [${shape}], found ${found ? `[${found.shape}]` : 'none'}`,
      );
  }
  for (const [name, { data }] of own) data.set(state[name]!.values);
}
