/**
 * @file A plot with a point that can be moved without drawing the plot again.
 */
import type * as Plot from '@observablehq/plot';
import { namedPlot } from './plot.ts';

export interface Pointed {
  readonly svg: SVGSVGElement;
  /** Moves the point, in the units of the axes. */
  point(x: number, y: number): void;
}

export function pointed(name: string, options: Plot.PlotOptions): Pointed {
  const svg = namedPlot(name, options);
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  dot.setAttribute('r', '6');
  dot.setAttribute('class', 'present');
  svg.append(dot);
  const [x, y] = [svg.scale('x')!, svg.scale('y')!];
  const within = (scale: Plot.Scale, value: number): number => {
    const domain = [...(scale.domain as Iterable<number>)];
    return Math.min(domain.at(-1)!, Math.max(domain[0]!, value));
  };
  return {
    svg,
    point(atX, atY) {
      dot.setAttribute('cx', String(x.apply(within(x, atX))));
      dot.setAttribute('cy', String(y.apply(within(y, atY))));
    },
  };
}
