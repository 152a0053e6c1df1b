/** @file How a weight gradient is cut into tasks: chunks of pixels times blocks of out channels, the same for any number of threads. */
import { WHOLE_TILES } from '../gemm/block.ts';
import { PANEL } from '../gemm/panel.ts';
import type { Conv2dShape } from '../kernels.ts';
import { roundUp } from '../round-up.ts';

/** Bytes of columns that a task keeps: a quarter of the second-level cache. */
const COLUMN_BYTES = 256 * 1024;
/** Pixels of a task, at most: enough for its packed weights to be read seldom, few enough for many tasks. */
const PIXELS = 192;
/** Pixels of one round of a weight gradient: their rows of columns and dy stay in the first-level cache. */
const GRADIENT_PIXELS = 96;
/** Limits on the number of partial weight gradients and on their bytes. */
const CHUNKS = 16;
const PART_BYTES = 8 * 2 ** 20;
/** With fewer chunks than this the out channels are cut as well, so that all lanes have work. */
const ENOUGH_TASKS = 8;
/** Out channels of such a block, at least. */
const LEAST_BLOCK = 32;

/** Inputs of one output. */
export const inputs = ({ kernel, inChannels }: Conv2dShape): number => kernel ** 2 * inChannels;

/** Pixels whose windows, k floats each, are written out at once: whole tiles. */
export const pixelsPerBlock = (k: number): number =>
  Math.min(PIXELS, Math.max(WHOLE_TILES, Math.floor(COLUMN_BYTES / (4 * k) / WHOLE_TILES) * WHOLE_TILES));

/** Pixels of a round and of a chunk, out channels of a block, and how many chunks and blocks there are. */
export function cutGradient(shape: Conv2dShape): {
  readonly pixelBlock: number;
  readonly chunks: number;
  readonly chunkPixels: number;
  readonly blocks: number;
  readonly nBlock: number;
} {
  const { outChannels } = shape;
  const k = inputs(shape);
  const pixels = shape.batch * shape.outHeight * shape.outWidth;
  const pixelBlock = Math.min(GRADIENT_PIXELS, pixelsPerBlock(k));
  const fit = Math.max(1, Math.floor(PART_BYTES / (4 * k * outChannels)));
  const most = Math.min(CHUNKS, fit, Math.ceil(pixels / pixelBlock));
  const chunkPixels = roundUp(Math.ceil(pixels / most), pixelBlock);
  const chunks = Math.ceil(pixels / chunkPixels);
  const wanted = chunks >= ENOUGH_TASKS ? 1 : Math.min(ENOUGH_TASKS, Math.ceil(outChannels / LEAST_BLOCK));
  const nBlock = roundUp(Math.ceil(outChannels / wanted), PANEL);
  return { pixelBlock, chunks, chunkPixels, blocks: Math.ceil(outChannels / nBlock), nBlock };
}
