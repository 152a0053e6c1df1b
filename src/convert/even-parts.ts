/**
 * @file Means that leave out their border divide by less there. Where a convolution reads them, the map is cut into rectangles in
 * which the divisor is one number: the current is the sum of the rectangles' currents, each through weights that hold its divisor.
 */
import type { Border } from '../nn/map-window.ts';
import { pooledMap } from '../snn/geometry.ts';
import type { SpikePart } from './layer-output.ts';

/** A rectangle of a part, the rest of its map being border; what its mean is less than the true one, as a factor. */
export interface EvenPart {
  readonly part: SpikePart;
  readonly share: number;
}

/** The part itself where all windows divide by the same. */
export function evenParts(part: SpikePart): EvenPart[] {
  const { shares } = part;
  if (!shares) return [{ part, share: 1 }];
  return runsOf(shares.rows).flatMap((rows) =>
    runsOf(shares.columns).map((columns) => ({
      part: rectangle(part, rows, columns),
      share: shares.rows[rows.first]! * shares.columns[columns.first]!,
    })),
  );
}

interface Run {
  readonly first: number;
  readonly end: number;
}

/** Neighbours with one value. */
function runsOf(values: readonly number[]): Run[] {
  const starts = values.flatMap((value, i) => (i === 0 || value !== values[i - 1] ? [i] : []));
  return starts.map((first, k) => ({ first, end: starts[k + 1] ?? values.length }));
}

/** Only the windows of these rows and columns: the pool begins and ends there, which may be inside its map (a negative padding). */
function rectangle(part: SpikePart, rows: Run, columns: Run): SpikePart {
  const { pool, map, source, maxPool, border } = part;
  const sent = maxPool ? pooledMap(source, maxPool) : source;
  const cut = ({ first, end }: Run, axis: 0 | 1): [number, number] => {
    const before = pool.padding[2 * axis]! - first * pool.stride[axis];
    const reach = (end - first - 1) * pool.stride[axis] + pool.window[axis];
    return [before, reach - sent[axis] - before];
  };
  const padding: Border = [...cut(rows, 0), ...cut(columns, 1)];
  return {
    ...part,
    pool: { ...pool, padding },
    map: [rows.end - rows.first, columns.end - columns.first, map[2]],
    border: [
      border[0] + rows.first,
      border[1] + map[0] - rows.end,
      border[2] + columns.first,
      border[3] + map[1] - columns.end,
    ],
    shares: null,
  };
}
