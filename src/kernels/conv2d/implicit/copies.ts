/**
 * @file What im2col does with runs of floats: moves them, adds them, clears them. Lengths in bytes.
 */
import {
  defineFunction,
  type Expression,
  f32,
  f32x4,
  f32x4Constant,
  i32,
  type ModuleBuilder,
  type NamedCall,
  v128,
} from '../../assembler/assembler.ts';

const MOVE = ['from', 'to', 'bytes'] as const;
const CLEAR = ['to', 'bytes'] as const;
const WINDOW = ['from', 'to', 'bytes', 'rows', 'stride'] as const;

export interface Copies {
  /** Copies, or adds when scattering. */
  readonly move: NamedCall<(typeof MOVE)[number]>;
  readonly clear: NamedCall<(typeof CLEAR)[number]>;
  /** A window that lies inside the map: `rows` runs of `bytes`, `stride` apart in the map, end to end in `to`. */
  readonly window: NamedCall<(typeof WINDOW)[number]>;
}

export function defineCopies(builder: ModuleBuilder, direction: 'gather' | 'scatter'): Copies {
  const adding = direction === 'scatter';
  const move = defineFunction(builder, `move ${direction}`, MOVE, (f, { from, to, bytes }) => {
    f.set(bytes, i32.add(from, bytes));
    f.while(i32.le_u(i32.add(from, 16), bytes), () => {
      const value = v128.load(from);
      f.do(v128.store(to, adding ? f32x4.add(v128.load(to), value) : value));
      f.advance(from, 16);
      f.advance(to, 16);
    });
    f.while(i32.lt_u(from, bytes), () => {
      const value = f32.load(from);
      f.do(f32.store(to, adding ? f32.add(f32.load(to), value) : value));
      f.advance(from, 4);
      f.advance(to, 4);
    });
  });

  const clear = defineFunction(builder, `clear ${direction}`, CLEAR, (f, { to, bytes }) => {
    f.set(bytes, i32.add(to, bytes));
    f.while(i32.le_u(i32.add(to, 16), bytes), () => {
      f.do(v128.store(to, f32x4Constant(0)));
      f.advance(to, 16);
    });
    f.while(i32.lt_u(to, bytes), () => {
      f.do(f32.store(to, 0));
      f.advance(to, 4);
    });
  });

  const window = defineFunction(builder, `window ${direction}`, WINDOW, (f, p) => {
    const { from, to, bytes, rows, stride } = p;
    const at = f.local('i32');
    const copy = (offset: Expression<'i32'>): void =>
      f.do(v128.store(i32.add(to, offset), v128.load(i32.add(from, offset))));
    f.while(rows, () => {
      f.for(at, 0, i32.sub(bytes, 15), 16, () => copy(at));
      f.if(
        i32.ge_u(bytes, 16),
        // the last vector may overlap the one before
        () => f.if(i32.lt_u(at, bytes), () => copy(i32.sub(bytes, 16))),
        () =>
          f.while(i32.lt_u(at, bytes), () => {
            f.do(f32.store(i32.add(to, at), f32.load(i32.add(from, at))));
            f.advance(at, 4);
          }),
      );
      f.advance(from, stride);
      f.advance(to, bytes);
      f.advance(rows, -1);
    });
  });
  return { move, clear, window };
}
