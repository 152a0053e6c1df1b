import type { MapWindow } from '../../nn/map-window.ts';
import { maxPoolKey } from '../max-pool.ts';
import type { MaxPoolMemory } from './max-pool-memory.ts';

/** The address of what is sent: the masks of the neurons, or those of the windows of a max pool. */
export function sentMasks(
  { masks, maxPools }: { readonly masks: number; readonly maxPools: readonly MaxPoolMemory[] },
  maxPool: MapWindow | null,
): number {
  if (!maxPool) return masks;
  return maxPools.find(({ pool }) => pool.key === maxPoolKey(maxPool))!.masks;
}
