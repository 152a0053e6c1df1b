/** @file Accuracy after each step. */
import * as Plot from '@observablehq/plot';
import type { Accuracy } from '../protocol.ts';
import { namedPlot } from './plot.ts';

export function accuracyPlot({ ann, snn }: Accuracy): Element {
  const points = snn.map((percent, t) => ({ step: t + 1, percent }));
  return namedPlot('Percent of the pictures right after each step', {
    width: 420,
    height: 200,
    marginLeft: 44,
    x: { label: 'step', tickFormat: 'd', ticks: Math.min(8, snn.length) },
    y: { label: '% right', domain: [0, 100] },
    marks: [
      ...(ann === null ? [] : [Plot.ruleY([ann], { className: 'threshold' })]),
      Plot.lineY(points, { x: 'step', y: 'percent', className: 'curve staircase', marker: 'dot' }),
    ],
  });
}
