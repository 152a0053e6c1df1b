/** @file The convolution of bytes: how the work is cut into tasks. For any kernel and stride. */
import type { Arena } from '../../../memory/arena.ts';
import type { Team } from '../../../memory/team.ts';
import { inOrder } from '../../assembler/assembler.ts';
import { scratchStride } from '../../cache.ts';
import { roundUp } from '../../round-up.ts';
import { BYTES, byteModule, TILE } from './module.ts';

/** Pixels of a task, at most: enough that a panel of weights, once in the cache, serves many. */
const BLOCK = 16 * TILE;

/** Sizes; the map has its border in it, and channels are padded. */
export interface ByteShape {
  readonly batch: number;
  readonly mapHeight: number;
  readonly mapWidth: number;
  /** Bytes of a place: a multiple of 4. */
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** A multiple of 4. */
  readonly outChannels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly stride: number;
}

/** Addresses: x [batch, mapHeight, mapWidth, channels] uint8, w and first sums as in layout.ts, y [batch, outHeight, outWidth, outChannels]. */
export type ByteConv2d = (
  at: { readonly x: number; readonly w: number; readonly firstSums: number; readonly y: number },
  shape: ByteShape,
) => void;

export function createByteConv2d(arena: Arena, team: Team): ByteConv2d {
  const program = team.load(byteModule(arena.heap.shared));
  return (at, { batch, mapWidth, channels, kernelWidth, ...sizes }) => {
    const mark = arena.mark();
    const pixels = batch * sizes.outHeight * sizes.outWidth;
    const block = Math.min(BLOCK, roundUp(Math.ceil(pixels / team.lanes), TILE)); // few pixels: something to do for every lane
    const bytes = scratchStride(4 * block);
    const { stride } = sizes;
    const values = {
      ...at,
      ...sizes,
      ...{ pixels, block, rowBytes: mapWidth * channels, stepBytes: stride * channels },
      ...{ runBytes: kernelWidth * channels, scratch: arena.allocate(bytes * team.lanes), bytes },
    };
    team.run(program, 'conv of bytes', Math.ceil(pixels / block), inOrder(BYTES, values));
    arena.release(mark);
  };
}
