/** @file The two plots of a neuron. */
import * as Plot from '@observablehq/plot';
import type { Probe } from '../protocol.ts';
import { type Pointed, pointed } from './pointed.ts';

const SIZE = { width: 360, height: 220, marginLeft: 44, marginBottom: 36, marginTop: 16 };

/** Its count for every constant current, and the activation. */
export function staircasePlot({ staircase, activation }: Probe): Pointed {
  return pointed('Staircase of the neuron against its activation', {
    ...SIZE,
    x: { label: 'mean input / trained θ' },
    y: {
      label: 'θ N / T / trained θ',
      domain: [Math.min(0, ...ys(activation)) - 0.15, Math.max(...ys(activation)) + 0.15],
    },
    marks: [
      Plot.ruleY([0], { className: 'axis-line' }),
      Plot.lineY(activation, { x: '0', y: '1', clip: true, className: 'curve activation' }),
      Plot.lineY(staircase, {
        x: '0',
        y: '1',
        curve: 'step-after',
        clip: true,
        className: 'curve staircase',
      }),
    ],
  });
}

const ys = (points: Probe['staircase']): number[] => points.map(([, y]) => y);

/** Its potential after each step, and where it spiked. */
export function potentialPlot({ potential, spikes, theta, v0 }: Probe): Pointed {
  const line = [v0, ...potential].map((v, t) => ({ t, v: v / theta }));
  const fired = Array.from(spikes, (s, t) => ({ t: t + 1, s })).filter(({ s }) => s !== 0);
  const most = Math.max(1, ...line.map(({ v }) => Math.abs(v))) + 0.2;
  return pointed('Potential of the neuron over time, with its spikes', {
    ...SIZE,
    x: { label: 'step', ticks: Math.min(8, potential.length), tickFormat: 'd' },
    y: { label: 'potential v / θ', domain: [-most, most] },
    marks: [
      Plot.ruleY([-1, 1], { className: 'threshold' }),
      Plot.ruleY([0], { className: 'axis-line' }),
      Plot.ruleX(
        fired.filter(({ s }) => s > 0),
        { x: 't', className: 'up-spike' },
      ),
      Plot.ruleX(
        fired.filter(({ s }) => s < 0),
        { x: 't', className: 'down-spike' },
      ),
      Plot.lineY(line, { x: 't', y: 'v', className: 'curve membrane' }),
    ],
  });
}
