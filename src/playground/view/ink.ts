/**
 * @file From what a hand drew to what a network sees: strokes are fitted into the middle of the picture, as the data sets of digits
 * are, and inked by the pen that draws the embedded ones.
 */
import { drawInk } from '../../data/strokes/ink.ts';
import type { MapShape } from '../../nn/architecture.ts';

/** A stroke is points [x0, y0, x1, y1, ...] of the pad, 0 to 1. */
export type Stroke = readonly number[];

/** Digits are this large in pictures of 28 x 28, and their pen half this wide. */
const SIDE = 28;
const HEIGHT = 18;
const RADIUS = 1.25;
/** A dot is not blown up to a whole digit: drawings smaller than this share of the pad keep their size. */
const SMALLEST = 0.3;

/** The picture of strokes, [height, width, channels]; empty without any. */
export function inked(strokes: readonly Stroke[], [height, width, channels]: MapShape): Uint8Array {
  const points = strokes.flat();
  if (points.length === 0) return new Uint8Array(0);
  const [xs, ys] = [0, 1].map((odd) => points.filter((_, i) => i % 2 === odd)) as [number[], number[]];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const side = Math.min(height, width);
  const scale = ((HEIGHT / SIDE) * side) / Math.max(right - left, bottom - top, SMALLEST);
  const place = (x: number, y: number): [number, number] => [
    (x - (left + right) / 2) * scale + (side - 1) / 2,
    (y - (top + bottom) / 2) * scale + (side - 1) / 2,
  ];
  const radius = (RADIUS / SIDE) * side;
  const segments = strokes.flatMap((stroke) => {
    const ends: number[] = [];
    for (let i = 0; i + 1 < stroke.length; i += 2) {
      const to = place(stroke[i]!, stroke[i + 1]!);
      const from = i === 0 ? to : place(stroke[i - 2]!, stroke[i - 1]!);
      if (i > 0 || stroke.length === 2) ends.push(...from, ...to, radius);
    }
    return ends;
  });
  const page = new Float64Array(side * side);
  drawInk(page, side, { segments: Float64Array.from(segments), count: segments.length / 5 });
  const [down, across] = [Math.floor((height - side) / 2), Math.floor((width - side) / 2)];
  return Uint8Array.from({ length: height * width * channels }, (_, i) => {
    const at = Math.floor(i / channels);
    const [y, x] = [Math.floor(at / width) - down, (at % width) - across];
    return y >= 0 && y < side && x >= 0 && x < side ? Math.round(255 * page[y * side + x]!) : 0;
  });
}
