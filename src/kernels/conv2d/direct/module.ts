/**
 * @file Convolution for few in channels, from images that are written once with their padding: a kernel row's inputs of one output
 * lie side by side there, those of the next output are `stride` pixels on. So the inputs of a tile are at fixed distances from one
 * address, and no windows are written out. Sums are those of the implicit products, in their order and with their bits.
 *
 * forward   a task is a band of rows of one image
 * weights   a task is a chunk of the pixels and a block of out channels
 */
import { defineTask, i32, ModuleBuilder } from '../../assembler/assembler.ts';
import { definePacks } from '../../gemm/pack.ts';
import { panelBytes } from '../../gemm/panel.ts';
import { ownScratch } from '../../own-scratch.ts';
import { defineEpilogue, type Epilogue } from '../epilogue.ts';
import { readShape } from '../shape.ts';
import { defineCombine } from '../weights.ts';
import type { Kernel } from './kernel.ts';
import { defineOutputRow, type OutputRow } from './output-row.ts';
import { definePadRows, type PadRows } from './pad-rows.ts';
import { defineWeights } from './weight-gradient.ts';

export const PACK = ['w', 'packed', 'n', 'k'] as const;
export const FORWARD = [
  'shape',
  'x',
  'packed',
  'y',
  'bias',
  'theta',
  'bands', // of an image
  'bandRows',
  'scratch',
  'bytes', // of scratch from lane to lane
] as const;

export function directModule(shared: boolean, kernel: Kernel): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const padRows = definePadRows(builder);
  definePack(builder);
  defineForward(builder, padRows, defineOutputRow(builder, kernel), defineEpilogue(builder));
  defineWeights(builder, padRows, kernel);
  defineCombine(builder);
  return builder.bytes();
}

/** One task. */
function definePack(builder: ModuleBuilder): void {
  const { straight } = definePacks(builder);
  defineTask(builder, 'pack panels', PACK, (f, { w, packed, n, k }) => {
    f.do(straight({ b: w, strideB: i32.shl(n, 2), packed, n, k, panelStride: panelBytes(k) }));
  });
}

/** scratch per lane: the band's rows of the image, padded. */
function defineForward(
  builder: ModuleBuilder,
  padRows: PadRows,
  outputRow: OutputRow,
  epilogue: Epilogue,
): void {
  defineTask(builder, 'forward', FORWARD, (f, p) => {
    const { task, shape, packed, bands, bandRows, bias, theta } = p;
    const s = readShape(f, shape);
    const own = ownScratch(f, p);
    const image = f.let(i32.div_s(task, bands));
    const row = f.let(i32.mul(i32.rem_s(task, bands), bandRows));
    const end = f.let(i32.min_s(i32.add(row, bandRows), s.outHeight));
    const inImage = i32.mul(i32.mul(s.inHeight, s.inWidth), i32.shl(s.inChannels, 2));
    f.do(
      padRows({
        shape,
        image: i32.add(p.x, i32.mul(image, inImage)),
        to: own,
        top: i32.sub(i32.mul(row, s.stride), s.padding),
        rows: i32.add(i32.mul(i32.sub(i32.sub(end, row), 1), s.stride), s.kernel),
      }),
    );
    const width = i32.add(s.inWidth, i32.shl(s.padding, 1));
    const strideX = f.let(i32.mul(width, i32.shl(s.inChannels, 2)));
    const strideY = f.let(i32.shl(s.outChannels, 2));
    const y = f.let(
      i32.add(p.y, i32.mul(i32.mul(i32.add(i32.mul(image, s.outHeight), row), s.outWidth), strideY)),
    );
    const whole = f.let(i32.mul(s.outWidth, strideY));
    const rows = { shape, strideY, rows: s.outWidth, channels: s.outChannels };
    f.while(i32.lt_s(row, end), () => {
      const sizes = { pixels: s.outWidth, n: s.outChannels, strideX, strideY };
      f.do(outputRow({ x: own, packed, y, ...sizes }));
      f.do(epilogue({ ...rows, y, bias, theta }));
      f.advance(own, i32.mul(strideX, s.stride));
      f.advance(y, whole);
      f.advance(row, 1);
    });
  });
}
