/** @file One run of the kernel of kernel.ts: values in, sums out. */
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { interleave } from './interleave.ts';
import { BLOCK, bytesOf, entryName, IMAGES, type Pass, POSITIONS } from './kernel.ts';
import type { Placed } from './place.ts';

type Numbers = Float64Array | Float32Array;

/** @param values of at most IMAGES images, after pooling */
export function runPass(
  placed: Placed,
  heap: Heap,
  team: Team,
  program: Program,
  pass: Pass,
  values: readonly ArrayLike<number>[],
  into: readonly Numbers[],
): void {
  const { inputs, size, positions, channels, padded, blockBytes } = placed;
  const bytes = bytesOf(pass);
  const view = (address: number, length: number): Numbers =>
    bytes === 8 ? heap.f64(address, length) : heap.f32(address, length);
  const imageBytes = bytes * positions * padded;
  const blocks = padded / BLOCK;
  const tasks = blocks * Math.ceil(positions / POSITIONS);
  interleave(values, view(placed.values, IMAGES * size), IMAGES);
  const sums = into.map((_, i) => view(placed.into + i * imageBytes, positions * padded));
  for (const [i, own] of into.entries()) copyRows(own, channels, sums[i]!, padded, positions);
  team.run(program, entryName(pass, values.length), tasks, [
    placed.starts,
    positions,
    IMAGES * bytes * inputs,
    placed.weights,
    blockBytes,
    placed.into,
    imageBytes,
    blocks,
  ]);
  for (const [i, own] of into.entries()) copyRows(sums[i]!, padded, own, channels, positions);
}

/** Copies rows of numbers whose lengths differ: what is beyond the shorter of the two stays as it is. */
function copyRows(from: Numbers, width: number, to: Numbers, toWidth: number, rows: number): void {
  if (width === toWidth) {
    to.set(from);
    return;
  }
  const least = Math.min(width, toWidth);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < least; c++) to[row * toWidth + c] = from[row * width + c]!;
}
