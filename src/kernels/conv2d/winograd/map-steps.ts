/**
 * @file Between maps and the points of their tiles, tile by tile: x -> V and dy -> W, then M -> y.
 */
import {
  defineFunction,
  type Expression,
  f32,
  i32,
  type Local,
  type ModuleBuilder,
  type NamedCall,
  select,
} from '../../assembler/assembler.ts';
import type { Epilogue } from '../epilogue.ts';
import { type Field, readClip, readShape } from '../shape.ts';
import type { Scheme } from './scheme.ts';
import type { TileAddresses } from './tiles.ts';
import type { Transforms } from './transforms.ts';

const FROM_MAP = [
  'shape',
  'head', // the lane's memory for one tile
  'map',
  'zeros', // what is read outside of the map
  'perRow', // tiles
  'perImage',
  'first', // tile of these
  'tiles', // how many
  'from', // the first channel, in bytes
  'bytes', // of the channels
  'v',
  'strideV',
  'pointV',
] as const;
const TO_MAP = [
  'shape',
  'head',
  'y',
  'bin', // what is written outside of the map
  'perRow',
  'perImage',
  'first',
  'tiles',
  'from',
  'outs',
  'm',
  'strideM',
  'pointM',
  'bias',
  'theta',
] as const;

export type FromMap = NamedCall<(typeof FROM_MAP)[number]>;
export type ToMap = NamedCall<(typeof TO_MAP)[number]>;
type Shape = Readonly<Record<Field, Local<'i32'>>>;

/** Which of the two maps is read, and how. */
export interface MapReader {
  readonly addresses: TileAddresses;
  readonly transform: Transforms['input'];
  /** Where in the head the transforms' temporary begins. */
  readonly temporaryAt: number;
  readonly sizes: (s: Shape) => Record<'height' | 'width' | 'channels', Local<'i32'>>;
  /** Rows and columns that the first tile begins before the map. */
  readonly offset: ((s: Shape) => Expression<'i32'>) | 0;
}

export function defineFromMap(builder: ModuleBuilder, title: string, reader: MapReader): FromMap {
  return defineFunction(builder, title, FROM_MAP, (f, p) => {
    const { head, map, zeros, perRow, perImage, first, tiles, from, bytes, v } = p;
    const s = readShape(f, p.shape);
    const { height, width, channels } = reader.sizes(s);
    const pixel = f.let(i32.shl(channels, 2));
    const offset = reader.offset === 0 ? 0 : f.let(reader.offset(s));
    const temporary = f.let(i32.add(head, reader.temporaryAt));
    const place = { height, width, pixel, perRow, perImage, elsewhere: zeros, offset };
    f.while(tiles, () => {
      f.do(reader.addresses({ table: head, tile: first, map, ...place }));
      const transformed = { transformed: v, stride: p.pointV, bytes, temporary };
      f.do(reader.transform({ table: head, offset: from, ...transformed }));
      f.advance(v, p.strideV);
      f.advance(first, 1);
      f.advance(tiles, -1);
    });
  });
}

/** With bias and activation. */
export function defineToMap(
  builder: ModuleBuilder,
  scheme: Scheme,
  {
    addresses,
    transforms,
    epilogue,
    temporaryAt,
  }: {
    readonly addresses: TileAddresses;
    readonly transforms: Transforms;
    readonly epilogue: Epilogue;
    readonly temporaryAt: number;
  },
): ToMap {
  return defineFunction(builder, 'outputs', TO_MAP, (f, p) => {
    const { shape, head, first, tiles, from, outs, m, bias, theta } = p;
    const s = readShape(f, shape);
    const pixel = f.let(i32.shl(s.outChannels, 2));
    const temporary = f.let(i32.add(head, temporaryAt));
    const at = f.local('i32');
    f.set(bias, select('i32', i32.add(bias, from), 0, bias));
    f.if(i32.and(i32.ne(theta, 0), readClip(shape).perChannel), () => f.advance(theta, from));
    // Activations on a grid are rare: a pass of their own.
    const grid = f.let(i32.and(i32.ne(theta, 0), f32.gt(readClip(shape).levels, 0)));
    const finish = f.let(i32.and(i32.ne(i32.or(bias, theta), 0), i32.eqz(grid)));
    const { perRow, perImage } = p;
    const map = { map: p.y, height: s.outHeight, width: s.outWidth, pixel, elsewhere: p.bin };
    f.while(tiles, () => {
      f.do(addresses({ table: head, tile: first, ...map, perRow, perImage, offset: 0 }));
      const transformed = { transformed: m, stride: p.pointM, bytes: i32.shl(outs, 2), temporary };
      const plain = { table: head, offset: from, ...transformed };
      f.if(
        finish,
        () => f.do(transforms.finished({ ...plain, shape, bias, theta })),
        () => f.do(transforms.output(plain)),
      );
      f.if(grid, () => {
        f.for(at, 0, 4 * scheme.outputs ** 2, 4, () => {
          const y = i32.add(i32.load(i32.add(head, at)), from);
          f.do(epilogue({ shape, y, rows: 1, channels: outs, strideY: 0, bias, theta }));
        });
      });
      f.advance(m, p.strideM);
      f.advance(first, 1);
      f.advance(tiles, -1);
    });
  });
}
