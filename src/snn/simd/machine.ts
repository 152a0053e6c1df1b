/**
 * @file What runs a network that is laid out in the heap, and how its descriptors are written between two runs.
 */
import type { ByteConv2d } from '../../kernels/conv2d/bytes/bytes.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Profile } from '../../kernels/profile.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { LAYER_FIELDS, type LayerField } from './program/contract.ts';

/** Matrix products in place of events. */
export interface ProductKernels extends Pick<Kernels, 'gemm' | 'conv2d'> {
  /** null: the runtime lacks the instruction. */
  readonly bytes: ByteConv2d | null;
}

export interface Machine {
  readonly heap: Heap;
  readonly team: Team;
  readonly program: Program;
  /** The address of the job table, with room for the largest one. */
  readonly table: number;
  /** null: only events. */
  readonly products: ProductKernels | null;
  /** Told how long kernels take. */
  readonly profile: Profile | null;
}

/** Runs kernels whose time is to be told under this name. */
export function timed({ profile }: Machine, kernels: string, run: () => void): void {
  const begun = profile ? performance.now() : 0;
  run();
  profile?.add(kernels, (performance.now() - begun) / 1000);
}

/** Writes some fields of a descriptor. */
export function putFields<F extends string>(
  heap: Heap,
  descriptor: number,
  fields: readonly F[],
  values: Partial<Record<F, number>>,
): void {
  const words = heap.i32(descriptor, fields.length);
  for (const [at, field] of fields.entries()) {
    const value = values[field];
    if (value !== undefined) words[at] = value;
  }
}

/** Writes some fields of a layer's descriptor. */
export function put(heap: Heap, descriptor: number, values: Partial<Record<LayerField, number>>): void {
  putFields(heap, descriptor, LAYER_FIELDS, values);
}

/** Reads a field of a layer's descriptor. */
export function get(heap: Heap, descriptor: number, field: LayerField): number {
  return heap.i32(descriptor, LAYER_FIELDS.length)[LAYER_FIELDS.indexOf(field)]!;
}
