/**
 * @file The convolution of bytes: y[pixels, outChannels] = first sums + the sum of x w, in whole numbers, then as float32. x is from 0
 * to 127 and has its border around it; w is from -127 to 127. An instruction adds up four products for each of four out channels:
 * relaxed SIMD's, but with x below 128 every processor must give the same.
 */
import {
  defineTask,
  type FunctionBuilder,
  f32x4,
  i32,
  i32x4,
  type Local,
  ModuleBuilder,
  v128,
} from '../../assembler/assembler.ts';
import { ownScratch } from '../../own-scratch.ts';
import { INPUTS, PANEL } from './layout.ts';

/** Pixels whose sums are held in registers, beside two vectors of out channels. */
export const TILE = 6;
/** Times that the innermost loop is written out. */
const UNROLLED = 4;

export const BYTES = [
  'x', // uint8, [images, mapHeight, rowBytes]
  'w', // panels (layout.ts)
  'firstSums',
  'y',
  'pixels',
  'block', // pixels of a task, a multiple of TILE
  'outHeight',
  'outWidth',
  'outChannels', // a multiple of 4
  'mapHeight',
  'rowBytes',
  'stride',
  'stepBytes', // from a pixel's window to the next one's
  'kernelHeight',
  'runBytes', // of a row of the kernel: its columns and channels
  'scratch',
  'bytes', // of scratch from lane to lane
] as const;

type Values = Readonly<Record<(typeof BYTES)[number] | 'task' | 'lane', Local<'i32'>>>;

export function byteModule(shared: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  defineTask(builder, 'conv of bytes', BYTES, (f, p) => {
    const windows = ownScratch(f, p);
    const first = f.let(i32.mul(p.task, p.block));
    const count = f.let(i32.min_s(i32.sub(p.pixels, first), p.block));
    storeWindows(f, p, windows, first);
    const panelBytes = f.let(i32.mul(i32.mul(p.kernelHeight, p.runBytes), PANEL));
    const tile = defineTile(f, p);
    const [channel, pixel] = f.locals(2, 'i32');
    f.for(channel, 0, p.outChannels, PANEL, () => {
      f.for(pixel, 0, count, TILE, () => {
        tile.clear(i32.add(p.firstSums, i32.shl(channel, 2)), i32.add(windows, i32.shl(pixel, 2)));
        tile.add(p.w);
        tile.write(
          i32.add(i32.mul(i32.add(first, pixel), p.outChannels), channel),
          i32.sub(count, pixel),
          channel,
        );
      });
      f.advance(p.w, panelBytes);
    });
  });
  return builder.bytes();
}

/** Stores the address of each pixel's window; behind the last pixel stand copies of it. */
function storeWindows(f: FunctionBuilder, p: Values, windows: Local<'i32'>, first: Local<'i32'>): void {
  const [i, pixel, position, row] = f.locals(4, 'i32');
  const area = f.let(i32.mul(p.outHeight, p.outWidth));
  f.for(i, 0, p.block, 1, () => {
    f.set(pixel, i32.min_s(i32.add(first, i), i32.sub(p.pixels, 1)));
    f.set(position, i32.rem_u(pixel, area));
    const mapRow = i32.mul(i32.div_u(position, p.outWidth), p.stride);
    f.set(row, i32.add(i32.mul(i32.div_u(pixel, area), p.mapHeight), mapRow));
    const column = i32.mul(i32.rem_u(position, p.outWidth), p.stepBytes);
    const address = i32.add(i32.add(p.x, i32.mul(row, p.rowBytes)), column);
    f.do(i32.store(i32.add(windows, i32.shl(i, 2)), address));
  });
}

/** The sums of TILE pixels and PANEL out channels, in locals. */
function defineTile(f: FunctionBuilder, p: Values) {
  const at = f.locals(TILE, 'i32') as Local<'i32'>[];
  const sums = at.map(() => f.locals(2, 'v128'));
  const [left, right, four] = f.locals(3, 'v128');
  const [w, from, row, end] = f.locals(4, 'i32');
  return {
    clear(firstSums: ReturnType<typeof i32.add>, windows: ReturnType<typeof i32.add>): void {
      f.set(from, windows);
      for (const [r, window] of at.entries()) f.set(window, i32.load(from, 4 * r));
      f.set(from, firstSums);
      for (const [low, high] of sums) {
        f.set(low, v128.load(from));
        f.set(high, v128.load(from, 16));
      }
    },
    add(panel: Local<'i32'>): void {
      f.set(w, panel);
      f.for(row, 0, p.kernelHeight, 1, () => {
        f.set(end, i32.add(w, i32.mul(p.runBytes, PANEL)));
        const step = (times: number): void => {
          for (let i = 0; i < times; i++) {
            f.set(left, v128.load(w, i * INPUTS * PANEL));
            f.set(right, v128.load(w, i * INPUTS * PANEL + 16));
            for (const [r, [low, high]] of sums.entries()) {
              f.set(four, v128.load32_splat(at[r]!, i * INPUTS));
              f.set(low, i32x4.relaxed_dot_i8x16_i7x16_add_s(left, four, low));
              f.set(high, i32x4.relaxed_dot_i8x16_i7x16_add_s(right, four, high));
            }
          }
          for (const window of at) f.advance(window, times * INPUTS);
          f.advance(w, times * INPUTS * PANEL);
        };
        f.while(i32.le_u(i32.add(w, UNROLLED * INPUTS * PANEL), end), () => step(UNROLLED));
        f.while(i32.lt_u(w, end), () => step(1));
        for (const window of at) f.advance(window, i32.sub(p.rowBytes, p.runBytes));
      });
    },
    /** As float32, to element `index` of y and below it, of the pixels that there are. */
    write(
      index: ReturnType<typeof i32.add>,
      pixels: ReturnType<typeof i32.sub>,
      channel: Local<'i32'>,
    ): void {
      f.set(from, i32.add(p.y, i32.shl(index, 2)));
      f.set(end, pixels);
      for (const [r, [low, high]] of sums.entries())
        f.if(i32.gt_s(end, r), () => {
          f.do(v128.store(from, f32x4.convert_i32x4_s(low)));
          f.if(i32.lt_s(i32.add(channel, PANEL / 2), p.outChannels), () =>
            f.do(v128.store(from, f32x4.convert_i32x4_s(high), 16)),
          );
          f.advance(from, i32.shl(p.outChannels, 2));
        });
    },
  };
}
