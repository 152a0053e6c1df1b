/**
 * @file What every way of cutting the work into tasks is given: a scheme's program, memory and workers, and how a map is
 * cut into tiles.
 */
import type { Arena } from '../../../memory/arena.ts';
import type { Program, Team } from '../../../memory/team.ts';
import { inOrder } from '../../assembler/assembler.ts';
import { scratchStride } from '../../cache.ts';
import type { Conv2dShape } from '../../kernels.ts';
import type { Scheme } from './scheme.ts';
import { headBytes } from './steps.ts';

export interface WinogradRun {
  readonly scheme: Scheme;
  readonly program: Program;
  readonly arena: Arena;
  readonly team: Team;
}

/** The tiles of all maps of a batch. */
export interface Tiling {
  readonly perRow: number;
  readonly perImage: number;
  readonly tiles: number;
}

export function tilingOf(shape: Conv2dShape, scheme: Scheme): Tiling {
  const perRow = Math.ceil(shape.outWidth / scheme.outputs);
  const perImage = perRow * Math.ceil(shape.outHeight / scheme.outputs);
  return { perRow, perImage, tiles: perImage * shape.batch };
}

/** Multiplications per pair of channels: at all points of a tile. */
export const pointsOf = (scheme: Scheme): number => scheme.points ** 2;

/** Scratch memory of every lane, `size` bytes beside the head. */
export function scratchOf(
  { scheme, arena, team }: WinogradRun,
  size: number,
): { readonly scratch: number; readonly bytes: number } {
  const { table, temporary } = headBytes(scheme);
  const bytes = scratchStride(table + temporary + size);
  return { scratch: arena.allocate(bytes * team.lanes), bytes };
}

/** Runs an entry; its arguments go by name. */
export function runTasks<Name extends string>(
  { team, program }: WinogradRun,
  entry: string,
  tasks: number,
  names: readonly Name[],
  values: Readonly<Record<Name, number>>,
): void {
  team.run(program, entry, tasks, inOrder(names, values));
}

/** What happens to an output last: addresses of the sizes, of the bias and of theta. */
export interface Ending {
  readonly shape: number;
  readonly bias: number;
  readonly theta: number;
}
