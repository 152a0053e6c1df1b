/**
 * @file Whether the engine `auto` should choose by time step as well as by layer: the spikes of pretrained CIFAR-10 networks, step by step,
 * and what the prices of its model say of both choices. No clock is read.
 */
import { fileURLToPath } from 'node:url';
import { convert } from '../../src/convert/convert.ts';
import { quantisedToInt8 } from '../../src/convert/transforms/int8.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { networkInput } from '../../src/lab/index.ts';
import { textTable } from '../../src/report/table.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { type LayerPrices, layerPrices } from '../../src/snn/simd/choose-products.ts';
import { simulate } from '../../src/snn/simulate.ts';

const IMAGES = 32;
const STEPS = 8;
/** Pretrained networks, each with its method and neurons. */
const RUNS = [
  ['cifar-vgg8-strelu-2', 'strelu', 'half'],
  ['cifar-vgg8-strelu-2', 'strelu', 'rest'],
  ['cifar-vgg8-sparse', 'strelu', 'rest'],
  ['cifar-fast-strelu-2', 'strelu', 'half'],
  ['cifar-fast-strelu-2', 'strelu', 'rest'],
  ['cifar-vgg8-qcfs-long', 'qcfs', 'unipolar'],
] as const;

export interface StepChoice {
  readonly network: string;
  readonly neuron: string;
  readonly weights: 'float32' | 'int8';
  /** Of all layers with a choice, each at every step: those that a choice by step would take the other way. */
  readonly others: number;
  readonly of: number;
  /** Percent of the price of all of them that this would save. */
  readonly saved: number;
}

export interface StepFigures {
  readonly images: number;
  readonly steps: number;
  readonly choices: readonly StepChoice[];
}

/** @throws InputError where CIFAR-10 is not there */
export async function stepSuite(): Promise<StepFigures> {
  const data = await openDataset('cifar-10', 'test', { limit: IMAGES });
  const choices: StepChoice[] = [];
  for (const [name, method, neuron] of RUNS) {
    const path = fileURLToPath(new URL(`../../datasets/pretrained/${name}.safetensors`, import.meta.url));
    const { snn } = convert(await loadModel(path), { method, neuron });
    for (const [weights, network] of [
      ['float32', snn],
      ['int8', quantisedToInt8(snn)],
    ] as const) {
      const images = networkInput(data, 0, IMAGES, network);
      choices.push({ network: name, neuron, weights, ...choiceBySteps(network, images) });
    }
  }
  return { images: IMAGES, steps: STEPS, choices };
}

/** What the model's prices say of the spikes of these images. */
export function choiceBySteps(
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
): Pick<StepChoice, 'others' | 'of' | 'saved'> {
  const { layers } = simulate(network, images, { steps: STEPS, schedule: 'layered' });
  const request = { steps: STEPS, schedule: 'layered' } as const;
  const prices = (densityOf: (density: Float64Array) => number): LayerPrices[] =>
    layerPrices(
      network,
      request,
      layers.map(({ density }) => densityOf(density)),
    );
  const bySteps = Array.from({ length: STEPS }, (_, t) => prices((density) => density[t]!));
  const together = prices((density) => density.reduce((sum, one) => sum + one, 0) / STEPS);
  let [others, of, byLayer, byStep] = [0, 0, 0, 0];
  for (const [l, whole] of together.entries()) {
    if (whole.products === 0) continue; // nothing that a product could stand for
    const way = whole.events > whole.products ? 'products' : 'events';
    for (const step of bySteps) {
      const least = Math.min(step[l]!.events, step[l]!.products);
      of++;
      if (step[l]![way] > least) others++;
      byLayer += step[l]![way];
      byStep += least;
    }
  }
  return { others, of, saved: 100 * (1 - byStep / byLayer) };
}

export function stepTable({ images, steps, choices }: StepFigures): string {
  const rows = choices.map(({ network, neuron, weights, others, of, saved }) => [
    ...[network, neuron, weights, `${others} of ${of}`, `${saved.toFixed(3)} %`],
  ]);
  const [left, right] = ['left', 'right'] as const;
  const columns = [
    { title: 'network', align: left },
    { title: 'neuron', align: left },
    { title: 'weights', align: left },
    { title: 'steps of layers taken otherwise', align: right },
    { title: 'would save', align: right },
  ];
  return [
    `events or products by layer and time step, beside the choice by layer at the mean of the steps: ${images} test images of CIFAR-10, T = ${steps},`,
    `by the prices of auto's model\n`,
    textTable(columns, rows),
  ].join('\n');
}
