/**
 * @file The passes of batch normalisation over x, dy and their like: [rows, channels] as a run of periods.
 * Parameters of the channels: [kinds, period] float32, in the order in which each entry names them.
 */
import {
  type FunctionBuilder,
  f32x4,
  i32,
  type Local,
  ModuleBuilder,
  multiplyAdd,
} from '../assembler/assembler.ts';
import { ClipCode } from '../clip/simd-clip.ts';
import type { Clip } from '../kernels.ts';
import { type Access, chunkBounds, periodicLoop } from '../vector-loops/periodic-loop.ts';
import { ColumnSums, clearedSums } from '../vector-loops/sums.ts';
import { defineMoments } from './simd-moments.ts';

type I = Local<'i32'>;
type V = Local<'v128'>;

/** The parameters of one column in locals. */
class ColumnParameters {
  readonly values: V[];
  readonly #f: FunctionBuilder;
  readonly #at: I[];

  constructor(f: FunctionBuilder, parameters: I, period: I, kinds: number) {
    this.#f = f;
    this.values = f.locals(kinds, 'v128');
    this.#at = this.values.map((_, kind) => f.local('i32', i32.add(parameters, i32.mul(period, kind))));
  }

  begin(access: Access, c: I): void {
    this.values.forEach((value, kind) => {
      this.#f.set(value, access.load(i32.add(this.#at[kind]!, c)));
    });
  }
}

export function batchNormModule(
  shared: boolean,
  relaxed: boolean,
  clip: Clip | null,
): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  defineMoments(builder, relaxed);

  // y = clip(scale * (x - mean) + shift). Parameters: mean, scale, shift, theta.
  builder.define(
    'normalise',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, task, _lane, total, chunk, period, x, parameters, y) => {
      const { from, to } = chunkBounds(f, task, total, chunk);
      const columns = new ColumnParameters(f, parameters, period, 4);
      const [mean, scale, shift, theta] = columns.values as [V, V, V, V];
      const value = f.local('v128');
      const activation = clip ? new ClipCode(f, clip) : null;
      periodicLoop(f, from, to, period, {
        begin(access, c) {
          columns.begin(access, c);
          activation?.begin(theta);
        },
        step(access, at) {
          const centred = f32x4.sub(access.load(i32.add(x, at)), mean);
          f.set(value, multiplyAdd(centred, scale, shift, relaxed));
          activation?.value(value, value);
          f.do(access.store(i32.add(y, at), value));
        },
      });
    },
  );

  // Sums of dz, dz * (x - mean) and dy * d(clip)/dtheta. Parameters: mean, scale, shift, theta.
  const kinds = clip ? 3 : 2;
  builder.define(
    'backward sums',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, task, _lane, total, chunk, period, x, parameters, dy, sums) => {
      const { from, to } = chunkBounds(f, task, total, chunk);
      const columns = new ColumnParameters(f, parameters, period, 4);
      const [mean, scale, shift, theta] = columns.values as [V, V, V, V];
      const own = new ColumnSums(f, clearedSums(f, sums, task, period, kinds));
      const [sum, product, dtheta] = own.values as [V, V, V];
      const [centred, dz, z, term] = f.locals(4, 'v128') as [V, V, V, V];
      const activation = clip ? new ClipCode(f, clip) : null;
      periodicLoop(f, from, to, period, {
        begin(access, c) {
          columns.begin(access, c);
          activation?.begin(theta);
          own.begin(access, c);
        },
        step(access, at) {
          f.set(centred, f32x4.sub(access.load(i32.add(x, at)), mean));
          f.set(dz, access.load(i32.add(dy, at)));
          if (activation) {
            f.set(z, multiplyAdd(centred, scale, shift, relaxed));
            activation.gradient(z, dz, dz, term);
            f.set(dtheta, f32x4.add(dtheta, term));
          }
          f.set(sum, f32x4.add(sum, dz));
          f.set(product, multiplyAdd(dz, centred, product, relaxed));
        },
        end: (access, c) => own.end(access, c),
      });
    },
  );

  // dx = scale * dz + slant * (x - mean) + level. Parameters: mean, scale, shift, theta, slant, level.
  builder.define(
    'backward',
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, task, _lane, total, chunk, period, x, parameters, dy, dx) => {
      const { from, to } = chunkBounds(f, task, total, chunk);
      const columns = new ColumnParameters(f, parameters, period, 6);
      const [mean, scale, shift, theta, slant, level] = columns.values as [V, V, V, V, V, V];
      const [centred, dz, z] = f.locals(3, 'v128') as [V, V, V];
      const activation = clip ? new ClipCode(f, clip) : null;
      periodicLoop(f, from, to, period, {
        begin(access, c) {
          columns.begin(access, c);
          activation?.begin(theta);
        },
        step(access, at) {
          f.set(centred, f32x4.sub(access.load(i32.add(x, at)), mean));
          f.set(dz, access.load(i32.add(dy, at)));
          if (activation) {
            f.set(z, multiplyAdd(centred, scale, shift, relaxed));
            activation.gradient(z, dz, dz, null);
          }
          const line = multiplyAdd(centred, slant, level, relaxed);
          f.do(access.store(i32.add(dx, at), multiplyAdd(dz, scale, line, relaxed)));
        },
      });
    },
  );
  return builder.bytes();
}
