/**
 * @file The staircase that a spiking neuron makes of the activation: rate against a constant current.
 */
import { FIRE_RULES, type FireRule, step } from '../snn/neuron.ts';
import { lineChart, type Series } from './svg/line-chart.ts';

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

export function responseChart(steps: number): string {
  // dyadic currents: no rounding, so the steps stand exactly where theory puts them
  const currents = Array.from({ length: 385 }, (_, i) => (i - 192) / 128);
  const staircase = (name: string, rule: FireRule): Series => ({
    name,
    points: currents.map((x) => [x, spikeCount(x, steps, rule) / steps]),
    markers: false,
  });
  const axis = { domain: [-1.5, 1.5], ticks: [-1.5, -1, -0.5, 0, 0.5, 1, 1.5] } as const;
  return lineChart(
    {
      id: 'response',
      title: `Response of one neuron, T = ${steps}`,
      description: 'Two staircases along the symmetric-threshold ReLU.',
    },
    { ...axis, label: 'current I (units of theta)' },
    { label: 'rate N / T (units of theta)', domain: [-1.15, 1.15], ticks: [-1, -0.5, 0, 0.5, 1] },
    [
      staircase('full', FIRE_RULES.full),
      staircase('half', FIRE_RULES.half),
      { name: 'stReLU', points: currents.map((x) => [x, Math.max(-1, Math.min(1, x))]), markers: false },
    ],
  );
}
