/** @file Reads the fields of a descriptor inside a kernel. */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
} from '../../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, type GroupField, GroupKind } from './layouts/group.ts';
import { LAYER_FIELDS, type LayerField } from './layouts/layer.ts';
import { MAP_FIELDS, type MapField } from './layouts/map.ts';
import { MAX_POOL_FIELDS, type MaxPoolField } from './layouts/max-pool.ts';
import { QUEUE_FIELDS, type QueueField } from './layouts/queue.ts';

/** One field of the descriptor at this address. */
export type Reader<F extends string> = (at: Local<'i32'>, field: F) => Expression<'i32'>;

const reader =
  <F extends string>(fields: readonly F[]): Reader<F> =>
  (at, field) =>
    i32.load(at, fields.indexOf(field) * 4);

export const layer: Reader<LayerField> = reader(LAYER_FIELDS);
export const group: Reader<GroupField> = reader(GROUP_FIELDS);
export const queue: Reader<QueueField> = reader(QUEUE_FIELDS);
export const map: Reader<MapField> = reader(MAP_FIELDS);
export const maxPool: Reader<MaxPoolField> = reader(MAX_POOL_FIELDS);

/** Whether a group's currents come about in this way. */
export const isKind = (at: Local<'i32'>, kind: keyof typeof GroupKind): Expression<'i32'> =>
  kind === 'spikes' ? i32.eqz(group(at, 'kind')) : i32.eq(group(at, 'kind'), GroupKind[kind]);

/** Several fields, each loaded once into a local of its own. */
export function loadFields<F extends string, const N extends F>(
  f: FunctionBuilder,
  read: Reader<F>,
  at: Local<'i32'>,
  names: readonly N[],
): Readonly<Record<N, Local<'i32'>>> {
  const loaded = names.map((name) => [name, f.let(read(at, name))] as const);
  return Object.fromEntries(loaded) as Record<N, Local<'i32'>>;
}
