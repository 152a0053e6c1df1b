/**
 * @file Histograms of a layer's errors, one panel for each layer.
 */

import type { Histogram } from '../../proof/anatomy/error-sums.ts';
import { largest } from '../extremes.ts';
import type { Figure, FigureText } from '../svg/figure.ts';
import type { Plotter } from './load.ts';
import { panelFigure } from './panel-figure.ts';

export interface LayerErrors {
  readonly name: string;
  readonly histogram: Histogram;
}

/** @param runs layer by layer; layers of the same name share a panel */
export function errorFigure(
  plotter: Plotter,
  text: FigureText,
  runs: readonly { readonly name: string; readonly layers: readonly LayerErrors[] }[],
): Figure {
  const layers = [...new Set(runs.flatMap((run) => run.layers.map(({ name }) => name)))];
  const limit = largest(runs.flatMap((run) => run.layers.map(({ histogram }) => reach(histogram))));
  return panelFigure(
    plotter,
    text,
    {
      x: 'error, rate - activation (units of theta)',
      y: 'share of the neurons (%, root scale)',
      xDomain: [-limit, limit],
      yScale: 'sqrt',
    },
    layers.map((layer) => ({
      title: layer,
      lines: runs.flatMap((run) =>
        run.layers
          .filter(({ name }) => name === layer)
          .map(({ histogram }) => ({
            name: run.name,
            shape: 'step' as const,
            points: shares(histogram, limit),
          })),
      ),
    })),
  );
}

/** The middle of each bin within the limit and its share in percent. */
function shares({ limit, bins }: Histogram, shown: number): [number, number][] {
  const total = bins.reduce((sum, bin) => sum + bin, 0) || 1;
  const width = (2 * limit) / bins.length;
  return bins
    .map((bin, i): [number, number] => [-limit + (i + 0.5) * width, (100 * bin) / total])
    .filter(([middle]) => Math.abs(middle) <= shown);
}

/** To the outer edge of the outermost bin that is worth showing. */
function reach({ limit, bins }: Histogram): number {
  const total = bins.reduce((sum, bin) => sum + bin, 0);
  const width = (2 * limit) / bins.length;
  const far = bins.map((bin, i) => (bin > WORTH * total ? Math.abs(i + 0.5 - bins.length / 2) + 0.5 : 1));
  return Math.min(limit, width * largest(far, 1));
}

/** Share of the neurons that a bin must have: a thousandth. */
const WORTH = 1e-3;
