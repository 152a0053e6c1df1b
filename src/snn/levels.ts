/**
 * @file In which order the spikes of one step are added up, the same in every engine: level by level. A neuron that sends
 * s > 0 spikes is in the levels 1..s and adds its weights once for each; -1 is the level of those that send -1.
 */
import type { Neuron } from './neurons/neuron.ts';

const SIGNED: readonly number[] = [1, -1];

/** Of a neuron with s in {-1, 0, 1}: [1, -1]; of one that sends up to K spikes: [1, ..., K]. */
export function levelsOf({ range: { highest } }: Neuron): readonly number[] {
  return highest === 1 ? SIGNED : Array.from({ length: highest }, (_, k) => k + 1);
}

export const inLevel = (s: number, level: number): boolean => (level > 0 ? s >= level : s <= level);

/** How many levels there are, and how many of them, the first, are positive. */
export const planesOf = (
  levels: readonly number[],
): { readonly planes: number; readonly positives: number } => ({
  planes: levels.length,
  positives: levels.filter((level) => level > 0).length,
});
