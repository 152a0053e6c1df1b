/**
 * @file What a conversion was said to give, before it was done: accuracy against T on the images that were looked at, and each layer.
 */
import { percent, precise } from '../format.ts';
import { htmlTable, type Section } from '../html-page.ts';
import { stepFigure } from '../plot/accuracy-figures.ts';
import type { Plotter } from '../plot/load.ts';
import type { AdviseRun } from '../runs/run.ts';
import type { Column } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'layer', align: 'left' },
  { title: 'activation', align: 'left' },
  { title: 'theta', align: 'right' },
  { title: 'cut off %', align: 'right' },
  { title: 'conversion', align: 'left' },
];

/** @param id what the figure's id begins with */
export function adviceSection(plotter: Plotter, id: string, { name, advice }: AdviseRun): Section {
  const { method, neuron, layers, images, annAccuracy, snnAccuracy, tolerance, steps, energyRatio } = advice;
  const tried = Object.keys(snnAccuracy).map(Number);
  const energy = energyRatio === null ? '' : `, for ${precise(energyRatio, 3)} of the energy of the ANN`;
  const found =
    steps === null
      ? `more than ${tolerance} points are lost up to T = ${tried.at(-1)}${energy}`
      : `less than ${tolerance} points are lost from T = ${steps} on${energy}`;
  return {
    title: `Advice: ${name}`,
    content: [
      stepFigure(
        plotter,
        {
          id: `${id}-steps`,
          title: 'Accuracy against T, before a conversion',
          caption: `Method ${method}, neuron ${neuron}, ${images} images: ${found}.`,
        },
        [{ name, accuracy: snnAccuracy, energy: undefined, annAccuracy }],
        tried,
        { name: 'ANN', at: annAccuracy },
      ),
      htmlTable(
        'Thresholds, and how many of the values they cut off.',
        COLUMNS,
        layers.map(({ name: layer, activation, theta, clipped, says }) => [
          layer,
          activation,
          precise(theta, 4),
          percent(clipped),
          says,
        ]),
      ),
    ],
  };
}
