/**
 * @file Functions whose parameters go by name, in the body and in every call; which makes long lists readable.
 * A parameter `name` is an i32; `name: f32` has another type.
 *
 * @example
 * const builder = new ModuleBuilder({ shared: heap.shared });
 * const fill = defineFunction(builder, 'fill', ['to', 'end', 'value: f32'], (f, { to, end, value }) => {
 *   f.while(i32.lt_u(to, end), () => {
 *     f.do(f32.store(to, value));
 *     f.advance(to, 4);
 *   });
 * });
 * defineTask(builder, 'clear row', ['rows', 'bytes'], (f, { task, rows, bytes }) => {
 *   const row = f.let(i32.add(rows, i32.mul(task, bytes)));
 *   f.do(fill({ to: row, end: i32.add(row, bytes), value: 0 }));
 * });
 * Object.keys(team.load(builder.bytes()).exports); // ['fill', 'clear row']
 */
import type { Expression, Local, Operand } from './expression.ts';
import type { FunctionBuilder } from './function-builder.ts';
import type { ModuleBuilder } from './module-builder.ts';
import type { ValueType } from './types.ts';

type NameOf<P extends string> = P extends `${infer Name}: ${ValueType}` ? Name : P;
type TypeOf<P extends string> = P extends `${string}: ${infer Type extends ValueType}` ? Type : 'i32';

/** The parameters as locals, by name. */
export type NamedLocals<P extends string> = { readonly [K in P as NameOf<K>]: Local<TypeOf<K>> };

/** Calls a function of the same module; the operands are evaluated in the order of the parameters. */
export type NamedCall<P extends string> = (
  operands: {
    readonly [K in P as NameOf<K>]: Operand<TypeOf<K>>;
  },
) => Expression<'none'>;

/** Adds an exported function without a result. */
export function defineFunction<const P extends string>(
  builder: ModuleBuilder,
  title: string,
  parameters: readonly P[],
  body: (f: FunctionBuilder, p: NamedLocals<P>) => void,
): NamedCall<P> {
  const split = parameters.map((parameter) => parameter.split(': '));
  const names = split.map(([name]) => name!);
  const types = split.map(([, type]) => (type ?? 'i32') as ValueType);
  const call = builder.define(title, types, 'none', (f, ...locals) => {
    body(f, Object.fromEntries(names.map((name, at) => [name, locals[at]])) as NamedLocals<P>);
  });
  return (operands) => call(...inOrder(names, operands as Readonly<Record<string, Operand<ValueType>>>));
}

/** Adds an entry for `Team.run`: title(task, lane, ...parameters). */
export function defineTask<const P extends string>(
  builder: ModuleBuilder,
  title: string,
  parameters: readonly P[],
  body: (f: FunctionBuilder, p: NamedLocals<P | 'task' | 'lane'>) => void,
): NamedCall<P | 'task' | 'lane'> {
  return defineFunction(builder, title, ['task', 'lane', ...parameters], body);
}

/** The arguments in the order of the names. */
export function inOrder<Name extends string, T>(
  names: readonly Name[],
  values: Readonly<Record<Name, T>>,
): T[] {
  return names.map((name) => values[name]);
}
