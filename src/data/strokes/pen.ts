/**
 * @file The pen: from a glyph's skeleton to short straight segments on the page, wobbling as a hand does.
 * Only +, -, *, / and square roots are used, all exactly rounded, so that every JavaScript engine draws the same bytes.
 */
import type { Random } from '../../random/random.ts';
import type { Glyph, PenPoint } from './glyphs.ts';

/** Segments [x0, y0, x1, y1, radius], in pixels, `count` of them. */
export interface Path {
  readonly segments: Float64Array;
  count: number;
}

/** How one writer holds the pen this time; lengths in pixels. */
export interface Hand {
  readonly centerX: number;
  readonly centerY: number;
  readonly width: number;
  readonly height: number;
  /** x moves by -slant * y. */
  readonly slant: number;
  /** Tangent of half the angle of rotation. */
  readonly turn: number;
  readonly bowX: number;
  readonly bowY: number;
  /** Deviation of a control point, in units of the glyph's box. */
  readonly wobble: number;
  readonly radius: number;
  /** How much wider (or, negative, narrower) a stroke ends than it begins, as a fraction. */
  readonly pressure: number;
}

const MAX_SEGMENTS = 256;
const PIECES = 4; // straight pieces for each stretch of curve

export function emptyPath(): Path {
  return { segments: new Float64Array(5 * MAX_SEGMENTS), count: 0 };
}

/** Bell-shaped, mean 0, deviation 1, never beyond 3. */
export function bell(random: Random): number {
  return 2 * (random.uniform() + random.uniform() + random.uniform() - 1.5);
}

export function addSegment(path: Path, x0: number, y0: number, x1: number, y1: number, radius: number): void {
  if (path.count === MAX_SEGMENTS) return;
  path.segments.set([x0, y0, x1, y1, radius], 5 * path.count++);
}

/** Puts the glyph on the page: control points wobble, the box is bowed, scaled, slanted, turned and moved. */
export function writeGlyph(path: Path, glyph: Glyph, hand: Hand, random: Random): void {
  const scale = 1 / (1 + hand.turn * hand.turn);
  const cosine = (1 - hand.turn * hand.turn) * scale;
  const sine = 2 * hand.turn * scale;
  const place = ({ x, y }: PenPoint): [number, number] => {
    const u = x - 0.5 + hand.wobble * bell(random) + hand.bowX * (4 * y * (1 - y) - 0.5);
    const v = y - 0.5 + hand.wobble * bell(random) + hand.bowY * (4 * x * (1 - x) - 0.5);
    const px = u * hand.width - hand.slant * v * hand.height;
    const py = v * hand.height;
    return [hand.centerX + cosine * px - sine * py, hand.centerY + sine * px + cosine * py];
  };
  for (const stroke of glyph) {
    const points = stroke.map(place);
    const radiusAt = (i: number): number =>
      hand.radius * (1 + hand.pressure * (i / (points.length - 1) - 0.5));
    for (let i = 0; i + 1 < points.length; i++) {
      const p1 = points[i]!;
      const p2 = points[i + 1]!;
      const p0 = i === 0 || stroke[i]!.corner ? p1 : points[i - 1]!;
      const p3 = i + 2 === points.length || stroke[i + 1]!.corner ? p2 : points[i + 2]!;
      let [x, y] = p1;
      for (let k = 1; k <= PIECES; k++) {
        const t = k / PIECES;
        const nextX = catmullRom(p0[0], p1[0], p2[0], p3[0], t);
        const nextY = catmullRom(p0[1], p1[1], p2[1], p3[1], t);
        addSegment(path, x, y, nextX, nextY, radiusAt(i + t));
        x = nextX;
        y = nextY;
      }
    }
  }
}

/** Uniform Catmull-Rom spline between b (t = 0) and c (t = 1). */
function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
