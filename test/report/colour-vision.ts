/**
 * @file Colours as readers see them: contrast (WCAG 2), and how far apart they look with and without red-green blindness.
 */

type Triple = readonly [number, number, number];

/** Linear red, green, blue, 0 to 1. */
function linear(hex: string): Triple {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function apply(rows: readonly Triple[], [x, y, z]: Triple): Triple {
  const out = rows.map(([a, b, c]) => a * x + b * y + c * z);
  return [out[0]!, out[1]!, out[2]!];
}

/** Ratio of luminances, 1 to 21. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

/** What remains of a colour: Machado, Oliveira, Fernandes 2009, severity 1. */
const VISION: readonly (readonly Triple[])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
];

/** OKLab, in which equal distances look about equal. */
function lab(colour: Triple): Triple {
  const cones = apply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  ).map((value) => Math.cbrt(Math.max(0, value)));
  return apply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [cones[0]!, cones[1]!, cones[2]!],
  );
}

/** The two colours that are hardest to tell apart, for whichever eyes find it hardest. */
export function mostAlike(colours: readonly string[]): { distance: number; pair: readonly string[] } {
  let closest = { distance: Number.POSITIVE_INFINITY, pair: [] as readonly string[] };
  for (const vision of VISION)
    for (const [i, a] of colours.entries())
      for (const b of colours.slice(i + 1)) {
        const [p, q] = [a, b].map((hex) => lab(apply(vision, linear(hex))));
        const distance = Math.hypot(...p!.map((value, k) => value - q![k]!));
        if (distance < closest.distance) closest = { distance, pair: [a, b] };
      }
  return closest;
}
