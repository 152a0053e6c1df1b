/**
 * @file The memory of spike queues: for each image, (pooled) position and step, room for all spikes that can occur there.
 */

import { type Geometry, synapseGeometry } from '../geometry.ts';
import { maxPoolKey } from '../max-pool.ts';
import { type LayerContext, table } from './layer-context.ts';
import type { MaxPoolMemory } from './max-pool-memory.ts';
import { blocksOf } from './pack.ts';
import { bitIndexTable, describe, OVERRUN, QUEUE_FIELDS } from './program/contract.ts';
import { needsList } from './row-memory.ts';
import { sentMasks } from './sent-masks.ts';
import { windowFields } from './window-fields.ts';

export interface QueueMemory {
  readonly key: string;
  readonly descriptor: number;
  readonly mapHeight: number;
  readonly entries: number;
  readonly lists: number;
  readonly positionBytes: number;
}

/** Equal for synapses that read one source in the same way: through the same max pool, and then the same means. */
export const queueKey = ({ maxPool, pool }: Geometry): string =>
  `${maxPool ? maxPoolKey(maxPool) : ''}/${maxPoolKey(pool)}`;

/**
 * Allocates a queue for each way in which later layers read this one.
 * @param masks of the neurons' spikes
 * @param pools of the layer's max pools
 */
export function layOutQueues(
  { network, index, layer, planes, plan, arena }: LayerContext,
  masks: number,
  pools: readonly MaxPoolMemory[],
): QueueMemory[] {
  const channels = layer.shape[2];
  const { batch: images, window: steps } = plan;
  const ways = new Map<string, Geometry>();
  for (const [l, later] of network.layers.entries())
    for (const s of later.inputs) {
      if (s.from !== index) continue;
      const geometry = synapseGeometry(network, later, s);
      if (needsList(geometry, plan.products.has(l))) ways.set(queueKey(geometry), geometry);
    }
  const values = bitIndexTable();
  const bitIndices = arena.allocate(values.byteLength);
  arena.heap.u8(bitIndices, values.byteLength).set(new Uint8Array(values.buffer));
  const source = { words: blocksOf(channels).words, planes: planes.length };
  return [...ways].map(([key, { maxPool, sent, pool, poolSize, map }]) => {
    const [mapHeight, mapWidth] = map;
    const positionBytes = channels * poolSize * Math.max(...planes) * 2 + OVERRUN;
    const queue = {
      key,
      mapHeight,
      positionBytes,
      entries: arena.allocate(images * steps * mapHeight * (mapWidth + 1) * planes.length * 4),
      lists: arena.allocate(images * steps * mapHeight * mapWidth * positionBytes),
    };
    const span = { steps, firstStep: 0, endStep: steps };
    const descriptor = describe(QUEUE_FIELDS, {
      ...queue,
      ...source,
      ...windowFields(pool, sent),
      masks: sentMasks({ masks, maxPools: pools }, maxPool),
      mapWidth,
      channels,
      ...span,
      bitIndices,
    });
    return { ...queue, descriptor: table(arena, descriptor) };
  });
}
