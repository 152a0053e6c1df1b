/**
 * @file The activations, and the staircases that spiking neurons make of them: rate against a constant current.
 */
import { full } from '../../snn/neurons/full.ts';
import { half } from '../../snn/neurons/half.ts';
import { unipolar } from '../../snn/neurons/unipolar.ts';
import { type FireRule, step } from '../../snn/step.ts';
import type { Figure } from '../svg/figure.ts';
import { lineFigure } from './line-figure.ts';
import type { Plotter } from './load.ts';
import { panelFigure } from './panel-figure.ts';

/** Spike count of one neuron (theta = 1, v0 = 0) after T steps of the same current. */
export function spikeCount(current: number, steps: number, rule: FireRule): number {
  let v = 0;
  let n = 0;
  for (let t = 0; t < steps; t++) {
    const fired = step(v, current, 1, rule);
    v = fired.v;
    n += fired.s;
  }
  return n;
}

const clip = (x: number, low: number, high: number): number => Math.max(low, Math.min(high, x));

/** In units of theta. */
const ACTIVATIONS: readonly (readonly [name: string, f: (x: number) => number])[] = [
  ['stReLU', (x) => clip(x, -1, 1)],
  ['tReLU', (x) => clip(x, 0, 1)],
  ['tLeakyReLU (leak 1/8)', (x) => clip(x < 0 ? x / 8 : x, -1, 1)],
  ['ReLU', (x) => Math.max(0, x)],
];

export function activationFigure(plotter: Plotter): Figure {
  const inputs = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5];
  return lineFigure(
    plotter,
    {
      id: 'activations',
      title: 'Activations',
      caption:
        'The activations of the trained networks. Only stReLU is odd: its errors have both signs alike.',
    },
    { label: 'input x (units of theta)', domain: [-1.5, 1.5], ticks: inputs },
    { label: 'activation (units of theta)', domain: [-1.1, 1.6] },
    ACTIVATIONS.map(([name, f]) => ({
      name,
      symbols: false,
      points: inputs.map((x) => ({ x, y: f(x) })),
    })),
  );
}

export function responseFigure(plotter: Plotter, numbersOfSteps: readonly number[]): Figure {
  // dyadic currents: no rounding, so the steps stand exactly where theory puts them
  const currents = Array.from({ length: 193 }, (_, i) => (i - 96) / 64);
  const one = numbersOfSteps.length === 1;
  return panelFigure(
    plotter,
    {
      id: 'response',
      title: 'Response of one neuron',
      caption:
        'Rate of one neuron under a constant current, after T steps: "full" truncates towards 0, "half" rounds to the nearest, ' +
        '"unipolar" sends no negative spikes. The neurons follow the activation they are meant for more closely with every step.',
    },
    {
      x: 'current I (units of theta)',
      y: 'rate N / T (units of theta)',
      xDomain: [-1.5, 1.5],
      yDomain: [-1.15, 1.15],
    },
    numbersOfSteps.map((steps) => ({
      title: one ? '' : `T = ${steps}`,
      lines: [
        ...[full, half, unipolar].map(({ name, rule }) => ({
          name,
          shape: 'line' as const,
          points: corners(currents.map((x): [number, number] => [x, spikeCount(x, steps, rule) / steps])),
        })),
        {
          name: 'stReLU',
          shape: 'line',
          points: [
            [-1.5, -1],
            [-1, -1],
            [1, 1],
            [1.5, 1],
          ],
        },
      ],
    })),
  );
}

/** Only the ends of a staircase's treads. */
function corners(points: readonly [number, number][]): [number, number][] {
  return points.filter(
    ([, y], i) => i === 0 || i === points.length - 1 || points[i - 1]![1] !== y || points[i + 1]![1] !== y,
  );
}
