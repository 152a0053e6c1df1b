/**
 * @file Values through weights, for a block of output channels at some positions and several images at once: the loops of wiring.ts
 * and analogue.ts with the sums of all images in registers, so that a weight is read once for them. Products and sums round as in
 * JavaScript, and every sum has the same order: the bits are the same.
 */
import {
  defineTask,
  type Expression,
  f32x4,
  f64,
  f64x2,
  i32,
  type Local,
  ModuleBuilder,
  v128,
} from '../../kernels/assembler/assembler.ts';
import { loadedOnce } from '../../kernels/loaded-once.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';

/** Output channels of a block; rows of weights and sums are padded to whole blocks. */
export const BLOCK = 4;
/** Images that go through the weights together, at most; their values lie side by side. */
export const IMAGES = 4;
/** Output positions of one task. */
export const POSITIONS = 16;
/** A tap in memory: the address of its first value, and where its first row is in a block of weights. */
export const TAP_BYTES = 8;
/** A row of a block of weights. */
export const ROW_BYTES: number = 4 * BLOCK;

/** What a value is multiplied by: the weights as they are, without their signs, or squared (in float32). */
export type WeightPower = 'weights' | 'sizes' | 'squares';
/** Values and sums of powers are float64. `pixels` go through the weights in float32, as in every engine. */
export type Pass = WeightPower | 'pixels';
const PASSES: readonly Pass[] = ['weights', 'sizes', 'squares', 'pixels'];

/** Bytes of a value and of a sum. */
export const bytesOf = (pass: Pass): 4 | 8 => (pass === 'pixels' ? 4 : 8);

/** The entry for this many images. */
export const entryName = (pass: Pass, images: number): string => `${pass} of ${images}`;

/**
 * What each entry is called with:
 *
 *     starts       [positions + 1]: the address of each position's first tap; the taps of all positions follow one another
 *     inputs       bytes of one tap's values: [input channels, IMAGES]
 *     weights      [blocks, rows, BLOCK]
 *     blockBytes   of the weights
 *     into         [images, positions, blocks, BLOCK]
 *     imageBytes   of the sums
 */
const PARAMETERS = [
  'starts',
  'positions',
  'inputs',
  'weights',
  'blockBytes',
  'into',
  'imageBytes',
  'blocks',
] as const;

export const propagationProgram: (heap: Heap, team: Team) => Program = loadedOnce((shared) => {
  const builder = new ModuleBuilder({ shared });
  for (const pass of PASSES)
    for (let images = 1; images <= IMAGES; images++) definePass(builder, pass, images);
  return builder.bytes();
});

function definePass(builder: ModuleBuilder, pass: Pass, images: number): void {
  const bytes = bytesOf(pass);
  const { add, mul } = pass === 'pixels' ? f32x4 : f64x2;
  defineTask(builder, entryName(pass, images), PARAMETERS, (f, p) => {
    const { starts, positions, inputs, weights, blockBytes, into, imageBytes, blocks } = p;
    const block = f.let(i32.div_u(p.task, i32.div_u(i32.add(positions, POSITIONS - 1), POSITIONS)));
    const position = f.let(
      i32.mul(i32.rem_u(p.task, i32.div_u(i32.add(positions, POSITIONS - 1), POSITIONS)), POSITIONS),
    );
    const end = f.let(i32.min_s(i32.add(position, POSITIONS), positions));
    const rows = f.let(i32.add(weights, i32.mul(block, blockBytes)));
    const [tap, lastTap, value, lastValue, row, sum] = f.locals(6, 'i32');
    const vectors = Array.from({ length: (BLOCK * bytes) / 16 }, () => f.local('v128'));
    const one = f.local('v128');
    const sums = Array.from({ length: images }, () => vectors.map(() => f.local('v128')));
    const eachSum = (visit: (local: Local<'v128'>, offset: number) => void): void => {
      const first = i32.add(i32.mul(i32.mul(position, blocks), BLOCK * bytes), i32.mul(block, BLOCK * bytes));
      f.set(sum, i32.add(into, first));
      for (const own of sums) {
        for (const [r, local] of own.entries()) visit(local, 16 * r);
        f.advance(sum, imageBytes);
      }
    };
    const addInput = (): void => {
      vectors.forEach((vector, r) => {
        f.set(vector, weightsOf(pass, row, r));
      });
      sums.forEach((own, image) => {
        f.set(one, bytes === 8 ? v128.load64_splat(value, 8 * image) : v128.load32_splat(value, 4 * image));
        own.forEach((local, r) => {
          f.set(local, add(local, mul(one, vectors[r]!)));
        });
      });
    };
    f.while(i32.lt_s(position, end), () => {
      eachSum((local, offset) => {
        f.set(local, v128.load(sum, offset));
      });
      const at = f.let(i32.add(starts, i32.mul(position, 4)));
      f.set(tap, i32.load(at));
      f.set(lastTap, i32.load(at, 4));
      f.while(i32.lt_u(tap, lastTap), () => {
        f.set(value, i32.load(tap));
        f.set(lastValue, i32.add(value, inputs));
        f.set(row, i32.add(i32.load(tap, 4), rows));
        f.while(i32.lt_u(value, lastValue), () => {
          // of one image a zero adds nothing, as in the plain loop; of several it would change no sum but -0, and those go alone
          if (pass === 'pixels' || images > 1) addInput();
          else f.if(f64.ne(f64.load(value), 0), addInput);
          f.advance(value, IMAGES * bytes);
          f.advance(row, ROW_BYTES);
        });
        f.advance(tap, TAP_BYTES);
      });
      eachSum((local, offset) => {
        f.do(v128.store(sum, local, offset));
      });
      f.advance(position, 1);
    });
  });
}

/** The weights of a row that vector r of the sums needs. */
function weightsOf(pass: Pass, row: Local<'i32'>, r: number): Expression<'v128'> {
  if (pass === 'pixels') return v128.load(row, 16 * r);
  const pair = v128.load64_zero(row, 8 * r);
  const power = { weights: pair, sizes: f32x4.abs(pair), squares: f32x4.mul(pair, pair) }[pass];
  return f64x2.promote_low_f32x4(power);
}
