/**
 * @file Values through weights in float64, for a block of output channels at some positions: the loop of wiring.ts with 16 sums in
 * registers. Products and sums round as in JavaScript, and every sum has the same order: the bits are the same.
 */
import {
  defineTask,
  f32x4,
  f64,
  f64x2,
  i32,
  ModuleBuilder,
  v128,
} from '../../kernels/assembler/assembler.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';

/** Output channels of a block; rows of weights and sums are padded to whole blocks. */
export const BLOCK = 16;
/** Output positions of one task. */
export const POSITIONS = 8;
/** A tap in memory: the address of its first value, and of its first row of weights. */
export const TAP_BYTES = 8;

/**
 * What each entry is called with:
 *
 *     taps       [taps] of all positions, one after the other
 *     starts     [positions + 1]: the address of each position's first tap
 *     inputs     bytes of one tap's values: 8 for each input channel
 *     rowBytes   bytes of a row of weights: 4 for each padded output channel
 *     into       [positions, padded output channels], float64
 */
const PARAMETERS = ['starts', 'positions', 'inputs', 'rowBytes', 'into', 'blocks'] as const;

/** What a value is multiplied by: the weights as they are, without their signs, or squared (in float32). */
export type WeightPower = 'weights' | 'sizes' | 'squares';

const loaded = new WeakMap<Team, Program>();

export function propagationProgram(heap: Heap, team: Team): Program {
  const known = loaded.get(team);
  if (known) return known;
  const builder = new ModuleBuilder({ shared: heap.shared });
  for (const power of ['weights', 'sizes', 'squares'] as const) definePropagate(builder, power);
  const program = team.load(builder.bytes());
  loaded.set(team, program);
  return program;
}

function definePropagate(builder: ModuleBuilder, power: WeightPower): void {
  defineTask(builder, power, PARAMETERS, (f, { task, starts, positions, inputs, rowBytes, into, blocks }) => {
    const block = f.let(i32.rem_u(task, blocks));
    const position = f.let(i32.mul(i32.div_u(task, blocks), POSITIONS));
    const end = f.let(i32.min_s(i32.add(position, POSITIONS), positions));
    const [tap, lastTap, value, lastValue, row, sum] = f.locals(6, 'i32');
    const one = f.local('f64');
    const [size, pair] = f.locals(2, 'v128');
    const sums = f.locals(BLOCK / 2, 'v128');
    f.while(i32.lt_s(position, end), () => {
      f.set(sum, i32.add(i32.mul(position, i32.mul(rowBytes, 2)), i32.mul(block, BLOCK * 8)));
      f.advance(sum, into);
      sums.forEach((local, r) => {
        f.set(local, v128.load(sum, 16 * r));
      });
      const at = f.let(i32.add(starts, i32.mul(position, 4)));
      f.set(tap, i32.load(at));
      f.set(lastTap, i32.load(at, 4));
      f.while(i32.lt_u(tap, lastTap), () => {
        f.set(value, i32.load(tap));
        f.set(lastValue, i32.add(value, inputs));
        f.set(row, i32.add(i32.load(tap, 4), i32.mul(block, BLOCK * 4)));
        f.while(i32.lt_u(value, lastValue), () => {
          f.set(one, f64.load(value));
          f.if(f64.ne(one, 0), () => {
            f.set(size, f64x2.splat(one));
            sums.forEach((local, r) => {
              f.set(pair, v128.load64_zero(row, 8 * r));
              if (power === 'sizes') f.set(pair, f32x4.abs(pair));
              if (power === 'squares') f.set(pair, f32x4.mul(pair, pair));
              f.set(local, f64x2.add(local, f64x2.mul(size, f64x2.promote_low_f32x4(pair))));
            });
          });
          f.advance(value, 8);
          f.advance(row, rowBytes);
        });
        f.advance(tap, TAP_BYTES);
      });
      sums.forEach((local, r) => {
        f.do(v128.store(sum, local, 16 * r));
      });
      f.advance(position, 1);
    });
  });
}
