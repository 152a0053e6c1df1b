/**
 * @file A plot of Observable Plot as one picture with one name: what it names its parts by is no use to a reader of the screen.
 */
import * as Plot from '@observablehq/plot';

export function namedPlot(name: string, options: Plot.PlotOptions): SVGSVGElement & Plot.Plot {
  const svg = Plot.plot(options) as SVGSVGElement & Plot.Plot;
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', name);
  return svg;
}
