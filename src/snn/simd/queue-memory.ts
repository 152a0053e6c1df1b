/**
 * @file The heap's share of spike queues: per image, (pooled) position and step a slot for the most that can fire there.
 */
import type { Arena } from '../../memory/arena.ts';
import { levelsOf } from '../levels.ts';
import type { SpikingNetwork } from '../network.ts';
import { blocksOf } from './pack.ts';
import { bytePlaces } from './program/collect.ts';
import { QUEUE_FIELDS, row } from './program/descriptor.ts';
import { OVERRUN } from './program/merge.ts';

export interface QueueMemory {
  readonly pool: number;
  readonly descriptor: number;
  readonly mapHeight: number;
  readonly entries: number;
  readonly lists: number;
  readonly slotBytes: number;
}

/** One queue for each window size that a layer behind reads layer `index` through. */
export function layOutQueues(
  network: SpikingNetwork,
  index: number,
  masks: number,
  arena: Arena,
  images: number,
  steps: number,
): QueueMemory[] {
  const [height, width, channels] = network.layers[index]!.shape;
  const windows = new Set<number>();
  for (const later of network.layers) {
    for (const s of later.inputs) if (s.from === index && s.kind !== 'identity') windows.add(s.pool);
  }
  const levels = levelsOf(network.neuron);
  const table = bytePlaces();
  const places = arena.allocate(table.byteLength);
  arena.heap.u8(places, table.byteLength).set(new Uint8Array(table.buffer));
  return [...windows].map((pool) => {
    const [mapHeight, mapWidth] = [Math.floor(height / pool), Math.floor(width / pool)];
    const slots = images * steps * mapHeight * mapWidth;
    const slotBytes = channels * pool * pool * Math.max(...levels) * 2 + OVERRUN;
    const queue = {
      pool,
      mapHeight,
      slotBytes,
      entries: arena.allocate(images * steps * mapHeight * (mapWidth + 1) * levels.length * 4),
      lists: arena.allocate(slots * slotBytes),
    };
    const blocks = blocksOf(channels).words;
    const planes = levels.length;
    const source = { masks, blocks, planes, sourceWidth: width, sourcePositions: height * width };
    const values = row(QUEUE_FIELDS, {
      ...queue,
      ...source,
      mapWidth,
      channels,
      steps,
      firstStep: 0,
      endStep: steps,
      places,
    });
    const descriptor = arena.allocate(values.byteLength);
    arena.heap.i32(descriptor, values.length).set(values);
    return { ...queue, descriptor };
  });
}
