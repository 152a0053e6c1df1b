/** @file What the study found, in Markdown. */
import { percent, significant } from '../../src/report/format.ts';
import { withInterval } from '../../src/report/interval.ts';
import type { Measured } from './measure.ts';

export interface Ablation {
  readonly dataset: string;
  readonly model: string;
  readonly width: number;
  readonly epochs: number;
  /** Training images. */
  readonly limit: number;
  readonly seed: number;
  readonly steps: readonly number[];
  /** Test images of the trained networks, and of the spiking ones. */
  readonly annImages: number;
  readonly snnImages: number;
  readonly changes: readonly (Measured & { readonly says: string })[];
}

export function ablationTable(ablation: Ablation): string {
  const { steps, annImages, changes } = ablation;
  const columns = [
    'change',
    'ANN % (95 %)',
    ...steps.map((t) => `T=${t} %`),
    `spikes per neuron at T=${steps.at(-1)}`,
  ];
  const rows = changes.map(({ says, ann, snn, spikesPerNeuron }) => [
    ...[says, withInterval(ann, annImages), ...steps.map((t) => percent(snn[t]!))],
    significant(spikesPerNeuron, 3),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const { dataset, model, width, epochs, limit, seed, snnImages } = ablation;
  return [
    line(columns),
    `|${columns.map(() => '---').join('|')}|`,
    ...rows.map(line),
    '',
    `${dataset}, ${model} at width ${width}, ${epochs} epochs of ${limit} images, seed ${seed}; ANN on ${annImages} test images, SNN (neuron half; unipolar for ReLU and tReLU) on ${snnImages}.`,
  ].join('\n');
}
