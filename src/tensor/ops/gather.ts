/** @file Picking slices by their numbers, and numbers as rows of zeros and a one. */
import type { Tensor } from '../interfaces.ts';
import { axisOf, sizeOf } from '../shape.ts';
import { tapeOf } from './tape-of.ts';

/** The slices at `indices` along an axis, which becomes the shape of the indices. A slice taken twice gets both gradients. */
export function gather(x: Tensor, indices: Tensor | readonly number[], axis: number): Tensor {
  const tape = tapeOf('gather', [x]);
  const along = axisOf('gather', axis, x.shape);
  const [values, own] = 'data' in indices ? [indices.data, indices.shape] : [indices, [indices.length]];
  const length = x.shape[along]!;
  const places = Array.from(values, (value) => placeOf('gather', value, length));
  const outer = sizeOf(x.shape.slice(0, along));
  const inner = sizeOf(x.shape.slice(along + 1));
  const y = tape.result([...x.shape.slice(0, along), ...own, ...x.shape.slice(along + 1)], [x]);
  const each = (body: (inX: number, inY: number) => void): void => {
    for (let o = 0, inY = 0; o < outer; o++)
      for (const place of places) {
        body((o * length + place) * inner, inY);
        inY += inner;
      }
  };
  each((inX, inY) => y.data.set(x.data.subarray(inX, inX + inner), inY));
  tape.record(y, (dy) =>
    tape.receive(x, (dx) => {
      dx.fill(0);
      each((inX, inY) => {
        for (let i = 0; i < inner; i++) dx[inX + i]! += dy[inY + i]!;
      });
    }),
  );
  return y;
}

/** Whole numbers k become rows of `classes` numbers, 1 at place k, else 0. */
export function oneHot(x: Tensor, classes: number): Tensor {
  const y = tapeOf('oneHot', [x]).tensor([...x.shape, classes]);
  y.data.fill(0);
  for (let i = 0; i < x.size; i++) y.data[i * classes + placeOf('oneHot', x.data[i]!, classes)] = 1;
  return y;
}

function placeOf(operation: string, value: number, length: number): number {
  const place = value < 0 ? value + length : value;
  if (!Number.isInteger(place) || place < 0 || place >= length)
    throw new Error(`${operation}: expected whole numbers below ${length}, found ${value}`);
  return place;
}
