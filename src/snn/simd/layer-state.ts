/** @file The memory of what a layer's neurons hold and send. */
import { recordOptionsOf } from '../simulation.ts';
import { allocateIf, type LayerContext } from './layer-context.ts';
import { countsSpikes } from './modes.ts';

export interface LayerState {
  /** The spikes of all steps that are held; 0 for the readout. */
  readonly masks: number;
  /** The currents of all steps that are held; 0 where they are not wanted. */
  readonly currents: number;
  /** The potentials after each step that is held; 0 where they are not wanted. */
  readonly membranes: number;
  /** Spike counts, for modes that need them; else 0. */
  readonly sent: number;
}

/**
 * Allocates the state of a layer.
 * @param mode in which the layer receives its currents
 */
export function stateOf(
  { arena, plan, index, blocks, planes, positions, mapBytes, fires }: LayerContext,
  mode: number,
): LayerState {
  const record = recordOptionsOf(plan.record, index);
  const frames = plan.batch * plan.window;
  const wordBytes = frames * positions * blocks.words * planes.length * 4;
  return {
    masks: allocateIf(arena, fires, wordBytes),
    currents: allocateIf(arena, !fires || record.currents, frames * mapBytes),
    membranes: allocateIf(arena, fires && record.membrane, frames * mapBytes),
    sent: allocateIf(arena, fires && countsSpikes(mode), plan.batch * mapBytes),
  };
}
