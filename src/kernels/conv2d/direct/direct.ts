/** @file Convolution for few in channels, such as an image's: how the work is cut into tasks. */
import type { Arena } from '../../../memory/arena.ts';
import type { Program, Team } from '../../../memory/team.ts';
import { inOrder } from '../../assembler/assembler.ts';
import { scratchStride } from '../../cache.ts';
import { K_BLOCK } from '../../gemm/module.ts';
import { PANEL, packedBytes } from '../../gemm/panel.ts';
import type { Conv2dShape } from '../../kernels.ts';
import { pointer, pointers } from '../../pointer.ts';
import type { Conv2dAlgorithm } from '../algorithm.ts';
import { cutGradient, inputs } from '../cut-gradient.ts';
import { describeShape } from '../shape.ts';
import { runCombine } from '../weights.ts';
import { directModule, FORWARD, PACK } from './module.ts';
import { WEIGHTS } from './weight-gradient.ts';

/** In channels, at most: those that images have. */
const MOST_CHANNELS = 4;
/** Inputs of one kernel row, at most: so many steps are written out in the code. */
const MOST_TAPS = 32;
/** Bytes of a band's padded rows: half of the first-level cache. */
const BAND_BYTES = 16 * 1024;
/** Tasks that keep all threads busy. */
const ENOUGH_TASKS = 16;

/** Whether this way is for the shape. */
export const hasFewInputs = (shape: Conv2dShape): boolean =>
  shape.inChannels <= MOST_CHANNELS &&
  shape.kernel * shape.inChannels <= MOST_TAPS &&
  inputs(shape) <= K_BLOCK &&
  shape.outChannels % PANEL === 0;

/** Bytes of an image's row with its padding. */
const rowBytes = ({ inWidth, inChannels, padding }: Conv2dShape): number =>
  4 * inChannels * (inWidth + 2 * padding);

/** Rows of the image under so many rows of outputs. */
const rowsUnder = ({ stride, kernel }: Conv2dShape, rows: number): number => (rows - 1) * stride + kernel;

/** How the outputs of an image are cut into bands of rows. */
function cutForward(shape: Conv2dShape): { readonly bands: number; readonly bandRows: number } {
  const { batch, outHeight, stride, kernel } = shape;
  const fit = Math.max(1, Math.floor((BAND_BYTES / rowBytes(shape) - kernel) / stride) + 1);
  const wanted = Math.ceil(outHeight / Math.ceil(ENOUGH_TASKS / batch));
  const bandRows = Math.max(1, Math.min(fit, wanted));
  return { bands: Math.ceil(outHeight / bandRows), bandRows };
}

/** @param other computes the input gradient, which images seldom need */
export function createDirectConv2d(
  arena: Arena,
  team: Team,
  relaxed: boolean,
  other: () => Conv2dAlgorithm,
): Conv2dAlgorithm {
  const { heap } = arena;
  const programs = new Map<string, Program>();
  const programFor = ({ kernel, inChannels, stride }: Conv2dShape): Program => {
    const key = `${kernel} ${inChannels} ${stride}`;
    const known =
      programs.get(key) ?? team.load(directModule(heap.shared, { kernel, inChannels, stride, relaxed }));
    programs.set(key, known);
    return known;
  };
  /** Scratch of every lane for so many rows of outputs. */
  const scratchFor = (shape: Conv2dShape, rows: number): { scratch: number; bytes: number } => {
    const bytes = scratchStride(rowBytes(shape) * rowsUnder(shape, rows));
    return { scratch: arena.allocate(bytes * team.lanes), bytes };
  };

  return {
    forward(xs, ws, biases, fused, ys, sizes) {
      const mark = arena.mark();
      const [x, w, bias, y] = pointers(heap, xs, ws, biases, ys);
      const [k, n] = [inputs(sizes), sizes.outChannels];
      const program = programFor(sizes);
      const packed = arena.allocate(packedBytes(n, k));
      team.run(program, 'pack panels', 1, inOrder(PACK, { w, packed, n, k }));
      const { bands, bandRows } = cutForward(sizes);
      const shape = describeShape(arena, sizes, fused);
      const theta = pointer(heap, fused?.theta ?? null);
      const values = { shape, x, packed, y, bias, theta, bands, bandRows, ...scratchFor(sizes, bandRows) };
      team.run(program, 'forward', sizes.batch * bands, inOrder(FORWARD, values));
      arena.release(mark);
    },

    backwardInput: (dy, w, dx, shape) => other().backwardInput(dy, w, dx, shape),

    backwardWeights(xs, dys, dws, sizes) {
      const mark = arena.mark();
      const [x, dy, dw] = pointers(heap, xs, dys, dws);
      const program = programFor(sizes);
      const length = inputs(sizes) * sizes.outChannels;
      const { chunks, chunkPixels, blocks, nBlock } = cutGradient(sizes);
      const parts = chunks > 1 ? arena.allocate(4 * chunks * length) : dw;
      const rows = Math.min(sizes.outHeight, Math.ceil(chunkPixels / sizes.outWidth) + 1);
      const shape = describeShape(arena, sizes, null);
      const values = { shape, x, dy, parts, chunkPixels, blocks, nBlock, ...scratchFor(sizes, rows) };
      team.run(program, 'weights', chunks * blocks, inOrder(WEIGHTS, values));
      if (chunks > 1) runCombine(team, program, { parts, dw, length, chunks });
      arena.release(mark);
    },
  };
}
