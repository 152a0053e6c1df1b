/**
 * @file In which order the spikes of one step are added up, the same in every engine: plane by plane. A neuron that sends
 * s > 0 spikes is in the planes 1..s and adds its weights once for each; -1 is the plane of the neurons that send -1.
 */
import type { Neuron } from './neurons/neuron.ts';

/** One spike a step, of either sign: most neurons. */
const SIGNED: readonly number[] = [1, -1];

/** The planes of a neuron: [1, -1], or [1, ..., K] where it sends up to K > 1 spikes in a step, then -1 if it sends that too. */
export function planesOf({ range: { lowest, highest } }: Neuron): readonly number[] {
  if (highest === 1) return SIGNED;
  const positive = Array.from({ length: highest }, (_, k) => k + 1);
  return lowest < 0 ? [...positive, -1] : positive;
}

/** Whether a neuron that sends s spikes is in the plane. */
export const inPlane = (s: number, plane: number): boolean => (plane > 0 ? s >= plane : s <= plane);

/** How many planes there are, and how many of them are positive; those come first. */
export const planeFields = (
  planes: readonly number[],
): { readonly planes: number; readonly positives: number } => ({
  planes: planes.length,
  positives: planes.filter((plane) => plane > 0).length,
});
