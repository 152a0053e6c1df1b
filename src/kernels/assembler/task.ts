/**
 * @file Entries for `Team.run` whose many integer arguments go by name on both sides.
 */
import type { Local } from './expression.ts';
import type { FunctionBuilder } from './function-builder.ts';
import type { ModuleBuilder } from './module-builder.ts';
import type { ValueType } from './types.ts';

/** N times i32. */
export type Integers<N extends number, T extends ValueType[] = []> = T['length'] extends N
  ? T
  : Integers<N, [...T, 'i32']>;

/** The parameter list of a function of `count` integers. */
export function integers<N extends number>(count: N): Integers<N> {
  return Array.from({ length: count }, () => 'i32') as Integers<N>;
}

/** Exports `title(task, lane, ...names)`; the body finds its arguments, `task` and `lane` by name. */
export function defineTask<Name extends string>(
  builder: ModuleBuilder,
  title: string,
  names: readonly Name[],
  body: (f: FunctionBuilder, p: Readonly<Record<Name | 'task' | 'lane', Local<'i32'>>>) => void,
): void {
  const all = ['task', 'lane', ...names];
  const types = all.map((): 'i32' => 'i32');
  builder.define(title, types, 'none', (f, ...locals) => {
    body(f, Object.fromEntries(all.map((name, at) => [name, locals[at]])) as Parameters<typeof body>[1]);
  });
}

/** The arguments in the order of the names. */
export function inOrder<Name extends string>(
  names: readonly Name[],
  values: Readonly<Record<Name, number>>,
): number[] {
  return names.map((name) => values[name]);
}
