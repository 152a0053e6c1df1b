/** @file The curve of a training. */
import * as Plot from '@observablehq/plot';
import type { TrainProgress } from '../protocol.ts';
import { namedPlot } from './plot.ts';

/** Points of a curve that are drawn, at most. */
const POINTS = 200;

export function trainPlot(training: readonly TrainProgress[]): Element {
  const every = Math.ceil(training.length / POINTS);
  const points = training.filter((_, i) => i % every === 0);
  return namedPlot('Accuracy on training pictures and on test pictures over the steps of the training', {
    width: 420,
    height: 200,
    marginLeft: 44,
    x: { label: 'step', domain: [0, training[0]!.totalSteps] },
    y: { label: '% right', domain: [0, 100] },
    marks: [
      Plot.lineY(points, { x: 'step', y: 'trainAccuracy', className: 'curve activation' }),
      Plot.lineY(
        training.filter(({ testAccuracy }) => testAccuracy !== null),
        { x: 'step', y: 'testAccuracy', className: 'curve staircase', marker: 'dot' },
      ),
    ],
  });
}
