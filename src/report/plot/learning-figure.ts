/**
 * @file What training came to, epoch by epoch: accuracy on the test images, or those held out, and in training where there is one run.
 */

import type { EpochSummary } from '../../train/checkpoint.ts';
import { largest, smallest } from '../extremes.ts';
import type { Figure } from '../svg/figure.ts';
import type { Axis } from './axis.ts';
import { lineFigure } from './line-figure.ts';
import type { Plotter } from './load.ts';

export interface LearningRun {
  readonly name: string;
  readonly curve: readonly EpochSummary[];
  /** The images that were looked at after each epoch. Default: 'test'. */
  readonly split?: 'test' | 'validation';
}

export function learningFigure(plotter: Plotter, id: string, runs: readonly LearningRun[]): Figure {
  const epochs = runs.flatMap(({ curve }) => curve.map(({ epoch }) => epoch));
  const last = largest(epochs, 1);
  const points = ({ curve }: LearningRun, key: 'trainAccuracy' | 'testAccuracy') =>
    curve.map((one) => ({ x: one.epoch, y: one[key] }));
  const splits = [...new Set(runs.map(({ split = 'test' }) => split))];
  const lines = runs.flatMap((run) => [
    {
      name: runs.length === 1 ? (run.split ?? 'test') : run.name,
      points: points(run, 'testAccuracy'),
      symbols: last <= SYMBOLS,
    },
    ...(runs.length === 1
      ? [
          {
            name: 'training (images as seen)',
            points: points(run, 'trainAccuracy'),
            symbols: last <= SYMBOLS,
          },
        ]
      : []),
  ]);
  return lineFigure(
    plotter,
    {
      id,
      title: runs.length === 1 ? 'Learning curve' : 'Learning curves',
      caption: `Accuracy ${runs.length === 1 ? '' : `on the ${splits.join(' or ')} images `}after each epoch.`,
    },
    epochAxis(epochs),
    { label: 'accuracy (%)' },
    lines,
  );
}

/** At most about ten whole numbers. */
function epochTicks(last: number): number[] {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(last / 10)));
  const every = [1, 2, 5, 10, 20].map((step) => step * power).find((step) => last / step <= 10)!;
  return Array.from({ length: Math.floor(last / every) }, (_, i) => (i + 1) * every);
}

export function lossFigure(plotter: Plotter, id: string, runs: readonly LearningRun[]): Figure {
  const epochs = runs.flatMap(({ curve }) => curve.map(({ epoch }) => epoch));
  return lineFigure(
    plotter,
    { id, title: 'Loss', caption: 'Mean loss of each epoch, in training; the axis is logarithmic.' },
    epochAxis(epochs),
    { label: 'training loss', scale: 'log10' },
    runs.map(({ name, curve }) => ({
      name,
      points: curve.map(({ epoch, loss }) => ({ x: epoch, y: loss > 0 ? loss : Number.NaN })),
      symbols: largest(epochs) <= SYMBOLS,
    })),
  );
}

/** With more epochs symbols would run together. */
const SYMBOLS = 30;

function epochAxis(epochs: readonly number[]): Axis {
  const last = largest(epochs, 1);
  return {
    label: 'epoch',
    domain: [smallest(epochs, 1) - 0.2, last + 0.2],
    ticks: epochTicks(last),
    grid: false,
  };
}
