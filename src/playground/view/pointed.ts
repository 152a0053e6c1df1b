/**
 * @file A plot with a point that can be moved without drawing the plot again.
 */
import * as Plot from '@observablehq/plot';

export interface Pointed {
  readonly svg: SVGSVGElement;
  /** Moves the point, in the units of the axes. */
  point(x: number, y: number): void;
}

export function pointed(options: Plot.PlotOptions, label: string): Pointed {
  const svg = Plot.plot({ ...options, ariaLabel: label }) as SVGSVGElement & Plot.Plot;
  svg.setAttribute('role', 'img');
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
