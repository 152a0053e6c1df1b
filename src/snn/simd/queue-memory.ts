/**
 * @file The memory of spike queues: for each image, (pooled) position and step, room for all spikes that can occur there.
 */

import { type LayerContext, table } from './layer-context.ts';
import { blocksOf } from './pack.ts';
import { bitIndexTable, describe, OVERRUN, QUEUE_FIELDS } from './program/contract.ts';

export interface QueueMemory {
  readonly pool: number;
  readonly descriptor: number;
  readonly mapHeight: number;
  readonly entries: number;
  readonly lists: number;
  readonly positionBytes: number;
}

/** Allocates a queue for each pool size through which a later layer reads this one. */
export function layOutQueues(
  { network, index, layer, planes, plan, arena }: LayerContext,
  masks: number,
): QueueMemory[] {
  const [height, width, channels] = layer.shape;
  const { batch: images, window: steps } = plan;
  const windows = new Set<number>();
  for (const later of network.layers) {
    for (const s of later.inputs) if (s.from === index && s.kind !== 'identity') windows.add(s.pool);
  }
  const values = bitIndexTable();
  const bitIndices = arena.allocate(values.byteLength);
  arena.heap.u8(bitIndices, values.byteLength).set(new Uint8Array(values.buffer));
  const source = {
    masks,
    words: blocksOf(channels).words,
    planes: planes.length,
    sourceWidth: width,
    sourcePositions: height * width,
  };
  return [...windows].map((pool) => {
    const [mapHeight, mapWidth] = [Math.floor(height / pool), Math.floor(width / pool)];
    const positionBytes = channels * pool * pool * Math.max(...planes) * 2 + OVERRUN;
    const queue = {
      pool,
      mapHeight,
      positionBytes,
      entries: arena.allocate(images * steps * mapHeight * (mapWidth + 1) * planes.length * 4),
      lists: arena.allocate(images * steps * mapHeight * mapWidth * positionBytes),
    };
    const span = { steps, firstStep: 0, endStep: steps };
    const descriptor = describe(QUEUE_FIELDS, {
      ...queue,
      ...source,
      mapWidth,
      channels,
      ...span,
      bitIndices,
    });
    return { ...queue, descriptor: table(arena, descriptor) };
  });
}
