/**
 * @file Series are told apart by colour (CSS classes s0, s1, ...), by marker and by dash, never by colour alone.
 */
import { element } from './element.ts';
import { label } from './frame.ts';

const DASHES = ['none', '6 3', '2 3', '8 3 2 3'] as const;

/** The dash pattern of series i. */
export function dash(i: number): string {
  return DASHES[i % DASHES.length]!;
}

/** A circle, square, triangle or diamond around a point. */
export function marker(i: number, x: number, y: number, r = 3.5): string {
  const className = `fill s${i % 4}`;
  switch (i % 4) {
    case 0:
      return element('circle', { class: className, cx: x, cy: y, r });
    case 1:
      return element('rect', { class: className, x: x - r, y: y - r, width: 2 * r, height: 2 * r });
    case 2:
      return polygon(className, [x, y - r * 1.2, x + r * 1.2, y + r, x - r * 1.2, y + r]);
    default:
      return polygon(className, [x, y - r * 1.3, x + r * 1.3, y, x, y + r * 1.3, x - r * 1.3, y]);
  }
}

function polygon(className: string, points: readonly number[]): string {
  return element('polygon', { class: className, points: points.map((point) => point.toFixed(2)).join(' ') });
}

/** Names of the series in a row above the plot, each behind its own mark. */
export function legend(
  names: readonly string[],
  swatch: (i: number, x: number, y: number) => string,
): string[] {
  let x = 58;
  return names.flatMap((name, i) => {
    const at = x;
    x += 44 + name.length * 6.4;
    return [swatch(i, at, 14), label(at + 28, 18, 'start', name)];
  });
}
