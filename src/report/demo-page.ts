/**
 * @file The page that the demonstration leaves behind: what was learned, what was converted, what it cost.
 */
import { joules, percent } from './format.ts';
import { figure, htmlPage, htmlTable, paragraph, type Section } from './html-page.ts';
import { responseChart } from './response-chart.ts';
import type { ByStep, LawResult, LearningEpoch } from './result.ts';
import { barChart } from './svg/bar-chart.ts';
import { type GreyImage, imageRow } from './svg/image-row.ts';
import { lineChart } from './svg/line-chart.ts';
import { niceDomain } from './svg/scale.ts';
import { type RasterLayer, spikeRaster } from './svg/spike-raster.ts';
import { lawTable, type NamedRun, runTable } from './tables.ts';

/** A spiking network's answers and their price. */
export interface DemoRun extends NamedRun {
  /** Spikes per neuron up to the last step, by layer. */
  readonly spikesByLayer: ByStep;
}

export interface DemoFigures {
  readonly seed: number;
  readonly samples: readonly GreyImage[];
  readonly curve: readonly LearningEpoch[];
  readonly annAccuracy: number;
  readonly annJoule: number;
  readonly testImages: number;
  readonly steps: readonly number[];
  readonly runs: readonly DemoRun[];
  readonly raster: {
    readonly label: string;
    readonly steps: number;
    readonly layers: readonly RasterLayer[];
  };
  readonly laws: readonly LawResult[];
  readonly closing: readonly string[];
}

export function demoPage(figures: DemoFigures): string {
  return htmlPage(
    'From a trained network to its spikes',
    `Synthetic digits, drawn by the program (seed ${figures.seed}); a network with the symmetric-threshold ReLU, ` +
      'trained on them; the same network as spikes. Every number on this page is from this one run.',
    [digits(figures), accuracy(figures), spikes(figures), proof(figures)],
  );
}

function digits({ samples, curve, annAccuracy, testImages }: DemoFigures): Section {
  const epochs = curve.map(({ epoch }) => epoch);
  const points = (key: 'trainAccuracy' | 'testAccuracy'): [number, number][] =>
    curve.map((one) => [one.epoch, one[key]]);
  const values = curve.flatMap((one) => [one.trainAccuracy, one.testAccuracy]).filter(Number.isFinite);
  return {
    title: 'What was learned',
    content: [
      paragraph(
        `The network names ${percent(annAccuracy)} % of ${testImages} test digits correctly. It never saw them in training.`,
      ),
      figure(
        imageRow(
          { id: 'digits', title: 'Test digits', description: 'Synthetic digits, each above its class.' },
          samples,
        ),
        'Test digits with their class.',
      ),
      figure(
        lineChart(
          {
            id: 'curve',
            title: 'Learning curve',
            description: 'Accuracy in training and on the test digits.',
          },
          {
            label: 'epoch',
            domain: [Math.min(...epochs, 1) - 0.2, Math.max(...epochs, 1) + 0.2],
            ticks: epochs,
          },
          { label: 'accuracy (%)', domain: niceDomain(values) },
          [
            { name: 'training (as seen)', points: points('trainAccuracy') },
            { name: 'test', points: points('testAccuracy') },
          ],
        ),
        'Accuracy after each epoch.',
      ),
    ],
  };
}

function accuracy({ runs, steps, annAccuracy, annJoule }: DemoFigures): Section {
  const low = Math.min(...steps);
  const high = Math.max(...steps);
  const values = runs.flatMap((run) => steps.map((step) => run.accuracy[step] ?? Number.NaN));
  const { columns, rows } = runTable(runs, steps);
  return {
    title: 'What the spikes answer, and when',
    content: [
      figure(
        lineChart(
          {
            id: 'accuracy',
            title: 'Accuracy against T',
            description: 'Test accuracy after each number of steps.',
          },
          { label: 'T (time steps)', domain: [low, high], scale: 'log2' },
          { label: 'accuracy (%)', domain: niceDomain([...values, annAccuracy].filter(Number.isFinite)) },
          [
            ...runs.map((run) => ({
              name: `SNN, ${run.name}`,
              points: steps.map((step): [number, number] => [step, run.accuracy[step] ?? Number.NaN]),
            })),
            {
              name: 'ANN',
              points: [
                [low, annAccuracy],
                [high, annAccuracy],
              ],
              markers: false,
            },
          ],
        ),
        'The answer is the mean current of the last layer so far, so every step has one. "full" fires at theta, "half" at half of it.',
      ),
      figure(
        responseChart(8),
        'One neuron with a constant current for T = 8: "full" truncates towards 0, "half" rounds to the nearest.',
      ),
      htmlTable(
        `Accuracy, spikes and estimated energy per image (45 nm, 32-bit floats: 4.6 pJ a multiply-accumulate, 0.9 pJ an accumulate). ANN: ${percent(annAccuracy)} %, ${joules(annJoule)}.`,
        columns,
        rows,
      ),
    ],
  };
}

function spikes({ runs, raster }: DemoFigures): Section {
  const layers = Object.keys(runs[0]?.spikesByLayer ?? {});
  const most = Math.max(0, ...runs.flatMap((run) => Object.values(run.spikesByLayer)));
  return {
    title: 'Where the spikes are',
    content: [
      figure(
        barChart(
          {
            id: 'layers',
            title: 'Spikes per layer',
            description: 'Spikes per neuron and image in each layer.',
          },
          'layer',
          layers,
          { label: 'spikes per neuron', domain: [0, most * 1.05 || 1] },
          runs.map((run) => ({
            name: run.name,
            values: layers.map((layer) => run.spikesByLayer[layer] ?? 0),
          })),
        ),
        'Spikes per neuron and image up to the last step. This, not T, is what the network costs.',
      ),
      figure(
        spikeRaster(
          {
            id: 'raster',
            title: 'Spikes of one image',
            description: `Each spike while the network sees ${raster.label}.`,
          },
          raster.layers,
          raster.steps,
        ),
        `Each spike while the network sees ${raster.label}.`,
      ),
    ],
  };
}

function proof({ laws, closing }: DemoFigures): Section {
  const { columns, rows } = lawTable(laws);
  return {
    title: 'What is proven, and what was only measured',
    content: [
      ...closing.map(paragraph),
      htmlTable('Laws, checked on this network and these images.', columns, rows),
    ],
  };
}
