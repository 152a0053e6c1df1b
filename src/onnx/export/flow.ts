/**
 * @file A map on its way through the file that is being written.
 */
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import { channelsFirst, regrouped, vectorOrder } from '../import/view.ts';
import type { GraphBuilder } from './graph-builder.ts';

export interface Flow {
  /** The value's name in the file. */
  readonly value: string;
  readonly shape: MapShape;
  /** [batch, channels, rows, columns], or [batch, size]. */
  readonly rank: 2 | 4;
  /** Where each value of the file's vector lies in ours; null: at the same place. */
  readonly order: Int32Array | null;
}

/** A vector, in the file's order of channels, rows, columns. */
export function asVector(builder: GraphBuilder, flow: Flow, name: string): Flow {
  if (flow.rank === 2) return flow;
  const size = mapSize(flow.shape);
  const order = vectorOrder(regrouped(channelsFirst(flow.shape), [size])!);
  return { value: builder.node('Flatten', name, [flow.value]), shape: [1, 1, size], rank: 2, order };
}

/** A map; a vector becomes one of 1 x 1 places. */
export function asMap(builder: GraphBuilder, flow: Flow, name: string): Flow {
  if (flow.rank === 4) return flow;
  const size = flow.shape[2];
  const target = builder.integers(`shape ${size}`, [0, size, 1, 1]);
  return { ...flow, value: builder.node('Reshape', `${name}.map`, [flow.value, target]), rank: 4 };
}

/** Numbers of our channels in the order that the file has them in; one for all stays one. */
export const inFileOrder = (
  values: Float32Array<ArrayBufferLike>,
  { order }: Flow,
): Float32Array<ArrayBufferLike> =>
  order && values.length > 1 ? Float32Array.from(order, (at) => values[at]!) : values;
