/**
 * @file y = clip(y + bias) on rows that have just been computed and are still in the cache.
 * y: [rows, channels], bias: [channels] or none (0), theta: [1] or [channels] or none (0: no clip).
 */
import {
  type Call,
  defineFunction,
  type Expression,
  type FunctionBuilder,
  f32,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  type NamedCall,
  v128,
} from '../assembler/assembler.ts';
import { FinishCode } from './finish.ts';
import { readClip } from './shape.ts';

const EPILOGUE = ['shape', 'y', 'rows', 'channels', 'strideY', 'bias', 'theta'] as const;

export type Epilogue = NamedCall<(typeof EPILOGUE)[number]>;

type Load = (from: Expression<'i32'>) => Expression<'v128'>;

/** (x, theta, leak, lower, levels, round): the activation of four values. */
const ACTIVATE = ['v128', 'v128', 'f32', 'f32', 'f32', 'i32'] as const;
type Activate = Call<typeof ACTIVATE, 'v128'>;

export function defineEpilogue(builder: ModuleBuilder): Epilogue {
  const activate = defineActivate(builder);
  return defineFunction(builder, 'epilogue', EPILOGUE, (f, { shape, channels, bias, theta, ...y }) => {
    const clip = readClip(shape);
    const leak = f.let(clip.leak);
    const levels = f.let(clip.levels);
    const lower = f.let(clip.lower);
    const round = f.let(clip.round);
    const perChannel = f.let(clip.perChannel);
    const [value, limit] = f.locals(2, 'v128');
    const [row, c, at] = f.locals(3, 'i32');
    const bytes = f.let(i32.shl(channels, 2));
    f.if(theta, () => f.set(limit, v128.load32_splat(theta)));
    const columns = (begin: (load: Load) => void, compute: (load: Load) => void): void =>
      eachColumn(f, { ...y, bytes }, { row, c, at, value }, begin, compute);

    const onGrid = (): void =>
      columns(
        (load) => f.if(perChannel, () => f.set(limit, load(i32.add(theta, c)))),
        (load) => {
          f.if(bias, () => f.set(value, f32x4.add(value, load(i32.add(bias, c)))));
          f.set(value, activate(value, limit, leak, lower, levels, round));
        },
      );
    const withoutGrid = (): void => {
      const finish = new FinishCode(f, shape, bias, theta);
      columns(
        (load) => finish.begin(c, load),
        () => finish.apply(value),
      );
    };
    f.if(i32.or(bias, theta), () => f.if(f32.gt(levels, 0), onGrid, withoutGrid));
  });
}

function defineActivate(builder: ModuleBuilder): Activate {
  return builder.define('activate', ACTIVATE, 'v128', (f, x, theta, leak, lower, levels, round) => {
    const leaky = f32x4.mul(x, f32x4.splat(leak));
    f.set(x, v128.bitselect(leaky, x, f32x4.lt(x, f32x4Constant(0))));
    // Not lower * theta: 0 * Infinity (ReLU) is no number.
    const least = f.let(f32x4Constant(0));
    f.if(f32.lt(lower, 0), () => f.set(least, f32x4.neg(theta)));
    f.set(x, f32x4.min(theta, f32x4.max(least, x)));
    f.if(f32.gt(levels, 0), () => {
      const quantum = f.let(f32x4.div(theta, f32x4.splat(levels)));
      const steps = f.let(f32x4.div(x, quantum));
      f.if(
        round,
        () => f.set(steps, f32x4.floor(f32x4.add(steps, f32x4Constant(0.5)))),
        () => f.set(steps, f32x4.trunc(steps)),
      );
      f.set(x, f32x4.mul(steps, quantum));
    });
    return x;
  });
}

/** Computes all rows column by column, four channels or one of the last three at a time. */
function eachColumn(
  f: FunctionBuilder,
  { y, rows, strideY, bytes }: Readonly<Record<'y' | 'rows' | 'strideY' | 'bytes', Local<'i32'>>>,
  now: Readonly<Record<'row' | 'c' | 'at', Local<'i32'>>> & { readonly value: Local<'v128'> },
  begin: (load: Load) => void,
  compute: (load: Load) => void,
): void {
  const { row, c, at, value } = now;
  const rowsOf = (width: 4 | 16): void => {
    const load = (from: Expression<'i32'>) => (width === 16 ? v128.load(from) : v128.load32_splat(from));
    begin(load);
    f.set(at, i32.add(y, c));
    f.for(row, 0, rows, 1, () => {
      f.set(value, load(at));
      compute(load);
      f.do(width === 16 ? v128.store(at, value) : v128.store32_lane(at, value, 0));
      f.advance(at, strideY);
    });
  };
  f.for(c, 0, i32.sub(bytes, 15), 16, () => rowsOf(16));
  f.while(i32.lt_s(c, bytes), () => {
    rowsOf(4);
    f.advance(c, 4);
  });
}
