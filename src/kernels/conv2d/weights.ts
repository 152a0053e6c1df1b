/**
 * @file What both ways of convolving do with weights: turning them for the input gradient, adding up partial gradients.
 */
import type { Program, Team } from '../../memory/team.ts';
import {
  defineFunction,
  defineTask,
  type Expression,
  f32,
  f32x4,
  f32x4Constant,
  i32,
  inOrder,
  type ModuleBuilder,
  type NamedCall,
  v128,
} from '../assembler/assembler.ts';
import { transpose4 } from '../gemm/pack.ts';

const TURN = ['w', 'turned', 'taps', 'ins', 'outs'] as const;
const TURN_ONE = ['from', 'to', 'ins', 'outs'] as const;
const COMBINE = ['parts', 'dw', 'length', 'chunks', 'size'] as const;

/** [ins, outs] becomes [outs, ins]. */
export type Turn = NamedCall<(typeof TURN_ONE)[number]>;
type Values<Names extends readonly string[]> = Readonly<Record<Names[number], number>>;

/** Floats that one task adds up. */
const COMBINE_FLOATS = 16384;

/** Turned by 180 degrees with in and out exchanged. w: [taps, ins, outs], turned: [taps, outs, ins]. */
export function runTurn(team: Team, program: Program, values: Values<typeof TURN>): void {
  team.run(program, 'turn', values.taps, inOrder(TURN, values));
}

/** One task per tap. */
export function defineTurn(builder: ModuleBuilder): Turn {
  const turn = defineTurnOne(builder);
  defineTask(builder, 'turn', TURN, (f, { task, w, turned, taps, ins, outs }) => {
    const size = f.let(i32.shl(i32.mul(ins, outs), 2));
    const to = i32.add(turned, i32.mul(i32.sub(i32.sub(taps, 1), task), size));
    f.do(turn({ from: i32.add(w, i32.mul(task, size)), to, ins, outs }));
  });
  return turn;
}

/** In squares of four by four, what is left over float by float. */
function defineTurnOne(builder: ModuleBuilder): Turn {
  return defineFunction(builder, 'turn one', TURN_ONE, (f, { from, to, ins, outs }) => {
    const [i, o, at] = f.locals(3, 'i32');
    const [strideFrom, strideTo] = [f.let(i32.shl(outs, 2)), f.let(i32.shl(ins, 2))];
    const target = (): Expression<'i32'> => i32.add(to, i32.add(i32.mul(o, strideTo), i32.shl(i, 2)));
    const rows = f.locals(4, 'v128');
    const turnSquare = (): void => {
      f.set(at, i32.add(from, i32.shl(o, 2)));
      for (const row of rows) {
        f.set(row, v128.load(at));
        f.advance(at, strideFrom);
      }
      f.set(at, target());
      for (const column of transpose4(f, rows)) {
        f.do(v128.store(at, column));
        f.advance(at, strideTo);
      }
    };
    const turnFour = (): void => {
      f.set(at, i32.add(from, i32.shl(o, 2)));
      for (let r = 0; r < 4; r++) {
        f.do(f32.store(target(), f32.load(at), 4 * r));
        f.advance(at, strideFrom);
      }
    };
    f.while(i32.le_s(i32.add(i, 4), ins), () => {
      f.set(o, 0);
      f.while(i32.le_s(i32.add(o, 4), outs), () => {
        turnSquare();
        f.advance(o, 4);
      });
      f.while(i32.lt_s(o, outs), () => {
        turnFour();
        f.advance(o, 1);
      });
      f.advance(i, 4);
      f.advance(from, i32.shl(strideFrom, 2));
    });
    f.while(i32.lt_s(i, ins), () => {
      f.for(o, 0, outs, 1, () => f.do(f32.store(target(), f32.load(i32.add(from, i32.shl(o, 2))))));
      f.advance(i, 1);
      f.advance(from, strideFrom);
    });
  });
}

/** dw = the sum of the chunks' parts in their order. parts: [chunks, length]. */
export function runCombine(
  team: Team,
  program: Program,
  values: Readonly<Record<'parts' | 'dw' | 'length' | 'chunks', number>>,
): void {
  const tasks = Math.ceil(values.length / COMBINE_FLOATS);
  team.run(program, 'combine', tasks, inOrder(COMBINE, { ...values, size: COMBINE_FLOATS }));
}

/** One task per `size` floats. */
export function defineCombine(builder: ModuleBuilder): void {
  defineTask(builder, 'combine', COMBINE, (f, { task, parts, dw, length, chunks, size }) => {
    const i = f.let(i32.mul(task, size));
    const end = f.let(i32.add(i, size));
    f.set(end, i32.min_s(end, length));
    const [chunk, from] = f.locals(2, 'i32');
    const sum = f.local('v128');
    const add = (floats: 1 | 4): void => {
      f.set(from, i32.add(parts, i32.shl(i, 2)));
      f.set(sum, f32x4Constant(0));
      f.for(chunk, 0, chunks, 1, () => {
        f.set(sum, f32x4.add(sum, floats === 4 ? v128.load(from) : v128.load32_splat(from)));
        f.advance(from, i32.shl(length, 2));
      });
      const to = i32.add(dw, i32.shl(i, 2));
      f.do(floats === 4 ? v128.store(to, sum) : v128.store32_lane(to, sum, 0));
      f.advance(i, floats);
    };
    f.while(i32.le_s(i32.add(i, 4), end), () => add(4));
    f.while(i32.lt_s(i, end), () => add(1));
  });
}
