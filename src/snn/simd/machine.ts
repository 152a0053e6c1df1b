/**
 * @file What runs a network that is laid out in the heap, and how its descriptors are written between two runs.
 */
import type { Kernels } from '../../kernels/kernels.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { LAYER_FIELDS, type LayerField, type QueueField } from './program/descriptor.ts';
import type { MapField } from './program/spike-maps.ts';

/** Matrix products in place of events. */
export type ProductKernels = Pick<Kernels, 'gemm' | 'conv2d'>;

export interface Machine {
  readonly heap: Heap;
  readonly team: Team;
  readonly program: Program;
  /** Room for the largest table of jobs. */
  readonly table: number;
  /** null: only events. */
  readonly products: ProductKernels | null;
}

export function put(
  heap: Heap,
  descriptor: number,
  values: Partial<Record<LayerField | QueueField | MapField, number>>,
  fields: readonly string[] = LAYER_FIELDS,
): void {
  const row = heap.i32(descriptor, fields.length);
  for (const [field, value] of Object.entries(values)) row[fields.indexOf(field)] = value;
}

export function get(heap: Heap, descriptor: number, field: LayerField): number {
  return heap.i32(descriptor + LAYER_FIELDS.indexOf(field) * 4, 1)[0]!;
}
