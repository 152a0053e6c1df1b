/**
 * @file The passes of batch normalisation over x, dy and their like: [rows, channels] as a run of periods.
 * Parameters of the channels: [kinds, period] float32, in the order in which each entry names them.
 */
import { defineTask, f32x4, i32, ModuleBuilder, multiplyAdd } from '../assembler/assembler.ts';
import { ClipCode } from '../clip/clip-code.ts';
import type { Clip } from '../kernels.ts';
import { CHUNK, chunkBounds, periodicLoop } from '../vector-loops/periodic-loop.ts';
import { ColumnSums, clearedSums } from '../vector-loops/sums.ts';
import { ColumnParameters } from './column-parameters.ts';
import { defineMoments } from './moments.ts';

export function batchNormModule(
  shared: boolean,
  relaxed: boolean,
  clip: Clip | null,
): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  defineMoments(builder, relaxed);
  defineNormalise(builder, relaxed, clip);
  defineBackwardSums(builder, relaxed, clip);
  defineBackward(builder, relaxed, clip);
  return builder.bytes();
}

const NORMALISE = ['mean', 'scale', 'shift', 'theta'] as const;

/** y = clip(scale * (x - mean) + shift). */
function defineNormalise(builder: ModuleBuilder, relaxed: boolean, clip: Clip | null): void {
  defineTask(builder, 'normalise', [...CHUNK, 'x', 'parameters', 'y'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const columns = new ColumnParameters(f, p, NORMALISE);
    const { mean, scale, shift, theta } = columns.values;
    const value = f.local('v128');
    const activation = clip ? new ClipCode(f, clip) : null;
    periodicLoop(f, from, to, p.period, {
      begin(access, c) {
        columns.begin(access, c);
        activation?.begin(theta);
      },
      step(access, at) {
        const centred = f32x4.sub(access.load(i32.add(p.x, at)), mean);
        f.set(value, multiplyAdd(centred, scale, shift, relaxed));
        activation?.value(value, value);
        f.do(access.store(i32.add(p.y, at), value));
      },
    });
  });
}

/** Sums of dz, of dz * (x - mean) and, with a clip, of dy * d(clip)/dtheta. */
function defineBackwardSums(builder: ModuleBuilder, relaxed: boolean, clip: Clip | null): void {
  const kinds = ['sum', 'product', ...(clip ? (['dtheta'] as const) : [])] as const;
  defineTask(builder, 'backward sums', [...CHUNK, 'x', 'parameters', 'dy', 'sums'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const columns = new ColumnParameters(f, p, NORMALISE);
    const { mean, scale, shift, theta } = columns.values;
    const own = new ColumnSums(f, clearedSums(f, p, kinds));
    const { sum, product, dtheta } = own.values;
    const [centred, dz, z, term] = f.locals(4, 'v128');
    const activation = clip ? new ClipCode(f, clip) : null;
    periodicLoop(f, from, to, p.period, {
      begin(access, c) {
        columns.begin(access, c);
        activation?.begin(theta);
        own.begin(access, c);
      },
      step(access, at) {
        f.set(centred, f32x4.sub(access.load(i32.add(p.x, at)), mean));
        f.set(dz, access.load(i32.add(p.dy, at)));
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
  });
}

const BACKWARD = [...NORMALISE, 'slant', 'level'] as const;

/** dx = scale * dz + slant * (x - mean) + level. */
function defineBackward(builder: ModuleBuilder, relaxed: boolean, clip: Clip | null): void {
  defineTask(builder, 'backward', [...CHUNK, 'x', 'parameters', 'dy', 'dx'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const columns = new ColumnParameters(f, p, BACKWARD);
    const { mean, scale, shift, theta, slant, level } = columns.values;
    const [centred, dz, z] = f.locals(3, 'v128');
    const activation = clip ? new ClipCode(f, clip) : null;
    periodicLoop(f, from, to, p.period, {
      begin(access, c) {
        columns.begin(access, c);
        activation?.begin(theta);
      },
      step(access, at) {
        f.set(centred, f32x4.sub(access.load(i32.add(p.x, at)), mean));
        f.set(dz, access.load(i32.add(p.dy, at)));
        if (activation) {
          f.set(z, multiplyAdd(centred, scale, shift, relaxed));
          activation.gradient(z, dz, dz, null);
        }
        const line = multiplyAdd(centred, slant, level, relaxed);
        f.do(access.store(i32.add(p.dx, at), multiplyAdd(dz, scale, line, relaxed)));
      },
    });
  });
}
