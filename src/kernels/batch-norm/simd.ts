/**
 * @file Batch normalisation by SIMD on all workers, the clip in the same pass. x, y, dy, dx: [rows, channels].
 * Forward reads x twice (moments, then y); backward reads x and dy twice (sums, then dx).
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { fuses } from '../assembler/assembler.ts';
import { clipKey } from '../clip/clip-code.ts';
import type { Clip, Floats, Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { cached } from '../vector-loops/cached.ts';
import { chunkSizes, type Period, periodOf, tileInto } from '../vector-loops/period.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';
import { createSums, foldPeriods, perTheta } from '../vector-loops/sums.ts';
import { batchNormModule } from './module.ts';
import { MOMENT_BLOCK } from './moments.ts';

const ZERO = new Float32Array(1);

export function createBatchNorm(
  arena: Arena,
  team: Team,
  relaxed: boolean = fuses(team),
): Pick<Kernels, 'batchNorm' | 'batchNormBackward' | 'scaleShift'> {
  const { heap } = arena;
  const programFor = cached(clipKey, (clip: Clip | null) =>
    team.load(batchNormModule(heap.shared, relaxed, clip)),
  );
  const partial = createSums(arena, team);

  /** Writes [kinds, period] float32 and returns their address. */
  const parameters = (period: Period, kinds: readonly Floats[]): number => {
    const at = arena.allocate(4 * kinds.length * period.floats);
    const all = heap.f32(at, kinds.length * period.floats);
    kinds.forEach((values, kind) => {
      tileInto(all.subarray(kind * period.floats, (kind + 1) * period.floats), values, period);
    });
    return at;
  };

  return {
    batchNorm(x, { gamma, beta, mean, inverseDeviation }, epsilon, fused, y, shape) {
      const { rows, channels } = shape;
      const program = programFor(fused?.clip ?? null);
      const period = periodOf(shape);
      const sizes = chunkSizes(period);
      const mark = arena.mark();
      const px = pointer(heap, x);
      const sums = partial.allocate(period, 3);
      runChunks(team, program, 'chunk moments', period.chunks, [...sizes, px, sums]);
      const at = arena.allocate(16 * period.floats);
      runChunks(team, program, 'moments', Math.ceil(period.floats / MOMENT_BLOCK), [...sizes, sums, at]);
      const totals = heap.f64(at, 2 * period.floats);
      foldPeriods(totals, period, 2);
      const scale = new Float32Array(channels);
      for (let c = 0; c < channels; c++) {
        const m = totals[c]! / rows;
        const variance = Math.max(0, totals[channels + c]! / rows - m * m);
        const inverse = 1 / Math.sqrt(variance + epsilon);
        mean[c] = m;
        inverseDeviation[c] = inverse;
        scale[c] = gamma[c]! * inverseDeviation[c]!;
      }
      const of = parameters(period, [mean, scale, beta, fused?.theta ?? ZERO]);
      runChunks(team, program, 'normalise', period.chunks, [...sizes, px, of, pointer(heap, y)]);
      arena.release(mark);
    },

    batchNormBackward(x, norm, fused, dy, { dx, dgamma, dbeta, dtheta }, shape) {
      const { gamma, beta, mean, inverseDeviation } = norm;
      const { rows, channels } = shape;
      const program = programFor(fused?.clip ?? null);
      const period = periodOf(shape);
      const sizes = chunkSizes(period);
      const mark = arena.mark();
      const [px, pdy] = [pointer(heap, x), pointer(heap, dy)];
      const scale = new Float32Array(channels);
      for (let c = 0; c < channels; c++) scale[c] = gamma[c]! * inverseDeviation[c]!;
      const [slant, level] = [new Float32Array(channels), new Float32Array(channels)];
      const known = [mean, scale, beta, fused?.theta ?? ZERO];
      const before = parameters(period, known);
      const kinds = fused ? 3 : 2;
      const sums = partial.allocate(period, kinds);
      runChunks(team, program, 'backward sums', period.chunks, [...sizes, px, before, pdy, sums]);
      const totals = partial.total(sums, period, kinds);
      for (let c = 0; c < channels; c++) {
        const inverse = inverseDeviation[c]!;
        dbeta[c] = totals[c]!;
        dgamma[c] = inverse * totals[channels + c]!;
        slant[c] = (-scale[c]! * inverse * inverse * totals[channels + c]!) / rows;
        level[c] = (-scale[c]! * totals[c]!) / rows;
      }
      if (dtheta) {
        if (fused) perTheta(totals.subarray(2 * channels), channels, dtheta);
        else dtheta.fill(0);
      }
      const of = parameters(period, [...known, slant, level]);
      runChunks(team, program, 'backward', period.chunks, [...sizes, px, of, pdy, pointer(heap, dx)]);
      arena.release(mark);
    },

    scaleShift(x, scale, shift, fused, y, shape) {
      const program = programFor(fused?.clip ?? null);
      const period = periodOf(shape);
      const mark = arena.mark();
      const of = parameters(period, [ZERO, scale, shift, fused?.theta ?? ZERO]);
      const args = [...chunkSizes(period), pointer(heap, x), of, pointer(heap, y)];
      runChunks(team, program, 'normalise', period.chunks, args);
      arena.release(mark);
    },
  };
}
