/** @file The memory of max pools: counts of neurons, the largest of each window, and the spikes that the windows hand on. */
import { mapSize } from '../../nn/architecture.ts';
import { type MaxPool, maxPoolsOf } from '../max-pool.ts';
import { planeFields } from '../planes.ts';
import { type LayerContext, table } from './layer-context.ts';
import { COUNTS_BYTES, describe, MAX_POOL_FIELDS } from './program/contract.ts';
import { windowFields } from './window-fields.ts';

export interface MaxPoolMemory {
  readonly pool: MaxPool;
  readonly descriptor: number;
  /** Of the windows' spikes. */
  readonly masks: number;
  /** Counts and largest counts of one image lie end to end for all images: all 0 before the first step. */
  readonly state: number;
  /** Bytes of the state. */
  readonly stateBytes: number;
  readonly fanOuts: number;
  readonly totals: number;
}

/** Allocates what the max pools need through which later layers read this one. */
export function layOutMaxPools(context: LayerContext, masks: number): MaxPoolMemory[] {
  const { network, index, plan, arena, blocks, planes } = context;
  const { batch, window: steps } = plan;
  return maxPoolsOf(network, index).map((pool) => {
    const [height, width, channels] = pool.sent;
    const [positions, sources] = [height * width, mapSize(pool.source) / channels];
    const each = batch * blocks.words * COUNTS_BYTES;
    const stateBytes = each * (sources + positions);
    const state = arena.allocate(stateBytes);
    const to = arena.allocate(batch * positions * steps * blocks.words * planes.length * 4);
    const fanOuts = arena.allocate(positions * 8);
    arena.heap.f64(fanOuts, positions).set(pool.fanOut);
    const descriptor = describe(MAX_POOL_FIELDS, {
      ...windowFields(pool.window, pool.source),
      ...planeFields(planes),
      masks,
      words: blocks.words,
      mapHeight: height,
      mapWidth: width,
      counts: state,
      largest: state + each * sources,
      to,
      steps,
      firstStep: 0,
      endStep: steps,
    });
    return {
      pool,
      descriptor: table(arena, descriptor),
      masks: to,
      state,
      stateBytes,
      fanOuts,
      totals: arena.allocate(batch * steps * 16),
    };
  });
}
