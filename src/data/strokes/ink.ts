/**
 * @file Ink on paper: anti-aliased coverage of round-ended segments on a square grey page.
 */
import type { Path } from './pen.ts';

/** Width of a stroke's edge, from full ink to none, in pixels. */
const SOFTNESS = 1.25;

/**
 * Coverage 0..1 of every pixel, size x size row by row, written to `page` (the darkest segment counts).
 * A pixel's ink falls linearly with its centre's distance from the segment, half at distance `radius`.
 */
export function drawInk(page: Float64Array, size: number, path: Path): void {
  page.fill(0);
  const { segments } = path;
  for (let i = 0; i < path.count; i++) {
    const at = 5 * i;
    const x0 = segments[at]!;
    const y0 = segments[at + 1]!;
    const dx = segments[at + 2]! - x0;
    const dy = segments[at + 3]! - y0;
    const radius = segments[at + 4]!;
    const reach = radius + SOFTNESS / 2;
    const squared = dx * dx + dy * dy;
    const inverse = squared > 0 ? 1 / squared : 0;
    const left = Math.max(0, Math.ceil(Math.min(x0, x0 + dx) - reach));
    const right = Math.min(size - 1, Math.floor(Math.max(x0, x0 + dx) + reach));
    const top = Math.max(0, Math.ceil(Math.min(y0, y0 + dy) - reach));
    const bottom = Math.min(size - 1, Math.floor(Math.max(y0, y0 + dy) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along = ((x - x0) * dx + (y - y0) * dy) * inverse;
        const t = Math.max(0, Math.min(1, along));
        const ex = x - x0 - t * dx;
        const ey = y - y0 - t * dy;
        const distance = ex * ex + ey * ey;
        if (distance >= reach * reach) continue;
        const ink = Math.min(1, (reach - Math.sqrt(distance)) / SOFTNESS);
        if (ink > page[y * size + x]!) page[y * size + x] = ink;
      }
    }
  }
}
