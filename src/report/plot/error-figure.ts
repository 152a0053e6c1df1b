/**
 * @file Histograms of a layer's errors, one panel for each layer.
 */
import type { Histogram } from '../../proof/error-statistics.ts';
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
  const limit = Math.max(...runs.flatMap((run) => run.layers.map(({ histogram }) => histogram.limit)));
  return panelFigure(
    plotter,
    text,
    {
      x: 'error, rate - activation (units of theta)',
      y: 'share of the neurons (%)',
      xDomain: [-limit, limit],
    },
    layers.map((layer) => ({
      title: layer,
      lines: runs.flatMap((run) =>
        run.layers
          .filter(({ name }) => name === layer)
          .map(({ histogram }) => ({ name: run.name, shape: 'step' as const, points: shares(histogram) })),
      ),
    })),
  );
}

/** The middle of each bin and its share in percent. */
function shares({ limit, bins }: Histogram): [number, number][] {
  const total = bins.reduce((sum, bin) => sum + bin, 0) || 1;
  const width = (2 * limit) / bins.length;
  return bins.map((bin, i) => [-limit + (i + 0.5) * width, (100 * bin) / total]);
}
