/**
 * @file Where the pixels of a tile are: a table of addresses, computed once per tile and used for all channels.
 * Pixels outside of the map point to `elsewhere`: a row of zeros when reading, a row for the bin when writing.
 */
import { type Call, i32, type ModuleBuilder, select } from '../../assembler/assembler.ts';

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** (table, tile, map, height, width, pixel bytes, tiles per row, tiles per image, elsewhere, offset) */
export type Places = Call<typeof PARAMETERS, 'none'>;

/** Addresses of size x size pixels from row and column `step * (tile's row, column) - offset`. */
export function definePlaces(builder: ModuleBuilder, title: string, size: number, step: number): Places {
  return builder.define(
    title,
    PARAMETERS,
    'none',
    (f, table, tile, map, height, width, pixel, perRow, perImage, elsewhere, offset) => {
      const image = f.local('i32', i32.div_u(tile, perImage));
      const inImage = f.local('i32', i32.rem_u(tile, perImage));
      const top = f.local('i32', i32.sub(i32.mul(i32.div_u(inImage, perRow), step), offset));
      const left = f.local('i32', i32.sub(i32.mul(i32.rem_u(inImage, perRow), step), offset));
      const row = f.local('i32');
      const column = f.local('i32');
      const at = f.local('i32');
      f.for(row, top, i32.add(top, size), 1, () => {
        f.set(at, i32.add(i32.mul(i32.add(i32.mul(image, height), row), width), left));
        f.set(at, i32.add(map, i32.mul(at, pixel)));
        f.for(column, left, i32.add(left, size), 1, () => {
          const inside = i32.and(i32.lt_u(row, height), i32.lt_u(column, width));
          f.do(i32.store(table, select('i32', at, elsewhere, inside)));
          f.advance(table, 4);
          f.advance(at, pixel);
        });
      });
    },
  );
}
