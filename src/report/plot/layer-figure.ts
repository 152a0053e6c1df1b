/**
 * @file Spikes per neuron through the layers: bars for a few runs, lines for more.
 */
import { largest } from '../extremes.ts';
import type { Figure, FigureText } from '../svg/figure.ts';
import { barFigure } from './bar-figure.ts';
import { lineFigure } from './line-figure.ts';
import type { Plotter } from './load.ts';

export interface LayerValues {
  readonly name: string;
  readonly byLayer: Readonly<Record<string, number>>;
  readonly bold?: boolean;
}

/** Up to this many bars side by side are easily told apart. */
const MOST_BARS = 3;

export function layerFigure(plotter: Plotter, text: FigureText, runs: readonly LayerValues[]): Figure {
  const layers = [...new Set(runs.flatMap(({ byLayer }) => Object.keys(byLayer)))];
  const label = 'spikes per neuron';
  const values = runs.flatMap(({ byLayer }) => Object.values(byLayer)).filter(Number.isFinite);
  if (runs.length <= MOST_BARS)
    return barFigure(
      plotter,
      text,
      { groups: 'layer', values: label },
      layers,
      runs.map(({ name, byLayer }) => ({
        name,
        values: layers.map((layer) => byLayer[layer] ?? Number.NaN),
      })),
    );
  return lineFigure(
    plotter,
    text,
    { label: 'layer', scale: 'names', names: layers },
    { label, domain: [0, 1.05 * largest(values, 1e-3)] },
    runs.map(({ name, byLayer, bold = false }) => ({
      name,
      bold,
      points: layers.map((layer) => ({ x: layer, y: byLayer[layer] ?? Number.NaN })),
    })),
  );
}
