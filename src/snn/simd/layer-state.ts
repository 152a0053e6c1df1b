/** @file The memory of what a layer's neurons hold and send. */
import { recordOptionsOf } from '../simulation.ts';
import { allocateIf, type LayerRoom } from './layer-room.ts';
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
  { arena, plan, index, blocks, planes, positions, mapBytes, fires }: LayerRoom,
  mode: number,
): LayerState {
  const record = recordOptionsOf(plan.record, index);
  const moments = plan.batch * plan.window;
  const wordBytes = moments * positions * blocks.words * planes.length * 4;
  return {
    masks: allocateIf(arena, fires, wordBytes),
    currents: allocateIf(arena, !fires || record.currents, moments * mapBytes),
    membranes: allocateIf(arena, fires && record.membrane, moments * mapBytes),
    sent: allocateIf(arena, fires && countsSpikes(mode), plan.batch * mapBytes),
  };
}
