/**
 * @file Every spike of one image: time to the right, neurons upwards, layer by layer; the sign by side and colour.
 */
import type { RasterLayer } from '../raster.ts';
import { type Figure, type FigureText, WIDTH } from '../svg/figure.ts';
import { legend } from './legend.ts';
import type { Plotter } from './load.ts';
import { seriesStyle } from './series-style.ts';

const MARGIN = { left: 92, right: 16, bottom: 42 } as const;
const LANE = 88;
const GAP = 0.12;

/** A layer with many neurons is drawn through every k-th of them; the label says so. */
export function rasterFigure(
  { marks: plot, draw }: Plotter,
  text: FigureText,
  layers: readonly RasterLayer[],
  steps: number,
  most = 60,
): Figure {
  const signs = [
    { name: 'spike +1 (right half of a step)', sign: 1, style: seriesStyle(0) },
    { name: 'spike -1 (left half)', sign: -1, style: seriesStyle(1) },
  ].filter(({ sign }) => sign === 1 || layers.some((layer) => layer.spikes.some(([, , s]) => s < 0)));
  const key = legend(
    plot,
    signs.map(({ name, style }) => ({ name, style: { ...style, dash: 'none' }, shows: ['box'] })),
    WIDTH,
  );
  const top = key.height + 6;
  const lanes = layers.map((layer) => {
    const every = Math.max(1, Math.ceil(layer.neurons / most));
    const title = `${layer.name}\n${every === 1 ? `all ${layer.neurons}` : `1 of ${every}`}`;
    return { ...layer, every, shown: Math.ceil(layer.neurons / every), title };
  });
  return draw(text, {
    width: WIDTH,
    height: top + layers.length * LANE + MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: top,
    marginBottom: MARGIN.bottom,
    x: {
      domain: [0.5, steps + 0.5],
      label: 'time step t',
      labelArrow: 'none',
      ticks: stepTicks(steps),
      tickFormat: 'd',
    },
    y: { domain: [0, 1], axis: null },
    fy: { domain: lanes.map((lane) => lane.title), label: null, paddingInner: GAP },
    marks: [
      plot.frame({ fill: 'var(--lane)', stroke: 'none' }),
      plot.axisFy({ anchor: 'left', label: null }),
      ...key.marks(MARGIN.left, top),
      ...lanes.flatMap(({ every, shown, spikes, title }) =>
        signs.map(({ sign, style }) =>
          plot.line(
            spikes
              .filter(([, neuron, s]) => neuron % every === 0 && Math.sign(s) === sign)
              .flatMap(([t, neuron]) => dashAt(t, (neuron / every + 0.5) / shown, sign)),
            {
              x: 'x',
              y: 'y',
              fy: () => title,
              stroke: style.colour,
              strokeWidth: Math.min(2, Math.max(0.6, (LANE * (1 - GAP)) / shown - 0.3)),
              strokeLinecap: 'butt',
            },
          ),
        ),
      ),
    ],
  });
}

/** Half a step long; the gap after it separates it from the next. */
function dashAt(t: number, y: number, sign: number): { readonly x: number; readonly y: number }[] {
  const [from, to] = sign > 0 ? [t + 0.02, t + 0.42] : [t - 0.42, t - 0.02];
  return [
    { x: from, y },
    { x: to, y },
    { x: Number.NaN, y: Number.NaN },
  ];
}

function stepTicks(steps: number): number[] {
  const every = Math.max(1, 2 ** Math.ceil(Math.log2(steps / 16)));
  return Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every);
}
