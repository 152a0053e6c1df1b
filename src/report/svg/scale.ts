/**
 * @file From data to pixels, and where the ticks stand.
 */

export type ScaleKind = 'linear' | 'log2';

export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
}

/** @param range the pixels that the domain's two ends fall on */
export function createScale(
  kind: ScaleKind,
  domain: readonly [number, number],
  range: readonly [number, number],
  ticks?: readonly number[],
): Scale {
  const shape = kind === 'log2' ? Math.log2 : (value: number): number => value;
  const low = shape(domain[0]);
  const span = shape(domain[1]) - low || 1;
  const map = (value: number): number => range[0] + ((shape(value) - low) / span) * (range[1] - range[0]);
  return Object.assign(map, { ticks: ticks ?? (kind === 'log2' ? powers(domain) : niceTicks(domain)) });
}

/** About five round numbers within the domain: multiples of 1, 2 or 5 times a power of ten. */
export function niceTicks(domain: readonly [number, number], wanted = 5): number[] {
  const span = domain[1] - domain[0];
  if (!(span > 0)) return [domain[0]];
  const raw = span / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const unit = [1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999)! * power;
  const first = Math.ceil(domain[0] / unit - 1e-9);
  const last = Math.floor(domain[1] / unit + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * unit).toPrecision(12)));
}

/** The domain of some values, with a little room, and round ends. */
export function niceDomain(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!(high > low)) return [low - 0.5, high + 0.5];
  const room = (high - low) * 0.05;
  return [low - room, high + room];
}

function powers(domain: readonly [number, number]): number[] {
  const ticks: number[] = [];
  for (let tick = 2 ** Math.ceil(Math.log2(domain[0])); tick <= domain[1]; tick *= 2) ticks.push(tick);
  return ticks;
}
