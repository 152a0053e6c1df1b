/**
 * @file Where the pixels of a tile are: a table of addresses, computed once per tile and used for all channels.
 * Pixels outside of the map point to `elsewhere`: a row of zeros when reading, a row for the bin when writing.
 */
import {
  defineFunction,
  i32,
  type ModuleBuilder,
  type NamedCall,
  select,
} from '../../assembler/assembler.ts';

const ADDRESSES = [
  'table',
  'tile', // its number within the batch
  'map',
  'height',
  'width',
  'pixel', // bytes of one
  'perRow', // tiles per row
  'perImage', // and per image
  'elsewhere',
  'offset', // rows and columns that the first tile begins before the map
] as const;

export type TileAddresses = NamedCall<(typeof ADDRESSES)[number]>;

/** Addresses of size x size pixels from row and column `step * (tile's row, column) - offset`. */
export function defineTileAddresses(
  builder: ModuleBuilder,
  title: string,
  size: number,
  step: number,
): TileAddresses {
  return defineFunction(builder, title, ADDRESSES, (f, p) => {
    const { table, tile, height, width, pixel, perRow, perImage } = p;
    const image = f.let(i32.div_u(tile, perImage));
    const inImage = f.let(i32.rem_u(tile, perImage));
    const top = f.let(i32.sub(i32.mul(i32.div_u(inImage, perRow), step), p.offset));
    const left = f.let(i32.sub(i32.mul(i32.rem_u(inImage, perRow), step), p.offset));
    const [row, column, at] = f.locals(3, 'i32');
    f.for(row, top, i32.add(top, size), 1, () => {
      f.set(at, i32.add(i32.mul(i32.add(i32.mul(image, height), row), width), left));
      f.set(at, i32.add(p.map, i32.mul(at, pixel)));
      f.for(column, left, i32.add(left, size), 1, () => {
        const inside = i32.and(i32.lt_u(row, height), i32.lt_u(column, width));
        f.do(i32.store(table, select('i32', at, p.elsewhere, inside)));
        f.advance(table, 4);
        f.advance(at, pixel);
      });
    });
  });
}
