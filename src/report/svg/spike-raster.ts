/**
 * @file Every spike of one image: time to the right, neurons upwards, layers apart; the sign by shape and colour.
 */
import { element } from './element.ts';
import { type ChartText, label, picture, WIDTH } from './frame.ts';

export interface RasterLayer {
  readonly name: string;
  readonly neurons: number;
  /** One per spike: step from 1, neuron from 0, sign. */
  readonly spikes: readonly (readonly [step: number, neuron: number, sign: -1 | 1])[];
}

const LEFT = 96;
const RIGHT = 14;
const TOP = 34;
const LANE = 84;
const GAP = 14;

/** A layer with many neurons is drawn through every k-th of them; the label says so. */
export function spikeRaster(
  text: ChartText,
  layers: readonly RasterLayer[],
  steps: number,
  most = 80,
): string {
  const height = TOP + layers.length * (LANE + GAP) + 40;
  const slot = (WIDTH - LEFT - RIGHT) / steps;
  const marks = layers.flatMap((layer, l) => {
    const every = Math.max(1, Math.ceil(layer.neurons / most));
    const shown = Math.ceil(layer.neurons / every);
    const top = TOP + l * (LANE + GAP);
    const rows = layer.spikes
      .filter(([, neuron]) => neuron % every === 0)
      .map(([step, neuron, sign]) => {
        const x = LEFT + (step - 0.5) * slot;
        const y = top + LANE - ((neuron / every + 0.5) * LANE) / shown;
        const half = Math.min(0.7, LANE / shown / 2 - 0.1);
        const left = sign > 0 ? x + 1 : x - slot * 0.4;
        return `M${left.toFixed(1)} ${(y - half).toFixed(1)}h${(slot * 0.4 - 1).toFixed(1)}v${(2 * half).toFixed(1)}h-${(slot * 0.4 - 1).toFixed(1)}z|${sign}`;
      });
    const path = (sign: string): string =>
      rows
        .filter((row) => row.endsWith(`|${sign}`))
        .map((row) => row.split('|')[0])
        .join('');
    return [
      element('rect', { class: 'lane', x: LEFT, y: top, width: steps * slot, height: LANE }),
      element('path', { class: 'fill s0', d: path('1') }),
      element('path', { class: 'fill s1', d: path('-1') }),
      label(LEFT - 8, top + LANE / 2 - 4, 'end', layer.name),
      label(LEFT - 8, top + LANE / 2 + 11, 'end', every === 1 ? `all ${layer.neurons}` : `1 of ${every}`),
    ];
  });
  const bottom = TOP + layers.length * (LANE + GAP);
  const ticks = Array.from({ length: steps }, (_, t) => t + 1).filter((t) => steps <= 16 || t % 4 === 0);
  return picture(
    text,
    WIDTH,
    height,
    element('rect', { class: 'fill s0', x: LEFT, y: 8, width: 14, height: 12 }),
    label(LEFT + 20, 18, 'start', 'spike +1 (right half of a step)'),
    element('rect', { class: 'fill s1', x: LEFT + 230, y: 8, width: 14, height: 12 }),
    label(LEFT + 250, 18, 'start', 'spike -1 (left half)'),
    ...marks,
    ...ticks.map((t) => label(LEFT + (t - 0.5) * slot, bottom + 4, 'middle', String(t))),
    label(LEFT + (steps * slot) / 2, height - 8, 'middle', 'time step t'),
  );
}
