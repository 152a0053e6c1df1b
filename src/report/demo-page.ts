/**
 * @file The page that the demonstration leaves behind: what was learned, what was converted, what it cost.
 */
import type { EpochSummary } from '../train/checkpoint.ts';
import { joules, percent } from './format.ts';
import { htmlPage, htmlTable, paragraph, type Section } from './html-page.ts';
import { STEP_AXIS } from './plot/axis.ts';
import { barFigure } from './plot/bar-figure.ts';
import { learningFigure } from './plot/learning-figure.ts';
import { lineFigure } from './plot/line-figure.ts';
import type { Plotter } from './plot/load.ts';
import { rasterFigure } from './plot/raster-figure.ts';
import { responseFigure } from './plot/staircases.ts';
import type { RasterLayer } from './raster.ts';
import { type SimulationFigures, spikesByLayer } from './simulation-report.ts';
import { type GreyImage, imageRow } from './svg/image-row.ts';
import { lawTable, runTable } from './tables.ts';
import type { LawResult } from './verification-report.ts';

/** One spiking network's answers and their price. */
export type DemoRun = SimulationFigures & { readonly name: string };

export interface DemoFigures {
  readonly seed: number;
  readonly samples: readonly GreyImage[];
  readonly curve: readonly EpochSummary[];
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

export function demoPage(plotter: Plotter, figures: DemoFigures): string {
  return htmlPage(
    'From a trained network to its spikes',
    `Synthetic digits, drawn by the program (seed ${figures.seed}); a network with the symmetric-threshold ReLU, ` +
      'trained on them; the same network as spikes. Every number on this page is from this one run.',
    [digits(plotter, figures), accuracy(plotter, figures), spikes(plotter, figures), proof(figures)],
  );
}

function digits(plotter: Plotter, { samples, curve, annAccuracy, testImages }: DemoFigures): Section {
  return {
    title: 'What was learned',
    content: [
      paragraph(
        `The network names ${percent(annAccuracy)} % of ${testImages} test digits correctly. It never saw them in training.`,
      ),
      imageRow({ id: 'digits', title: 'Test digits', caption: 'Test digits with their class.' }, samples),
      learningFigure(plotter, 'curve', [{ name: '', curve }]),
    ],
  };
}

function accuracy(plotter: Plotter, { runs, steps, annAccuracy, annJoule }: DemoFigures): Section {
  const { columns, rows } = runTable(runs, steps);
  return {
    title: 'What the spikes answer, and when',
    content: [
      lineFigure(
        plotter,
        {
          id: 'accuracy',
          title: 'Accuracy against T',
          caption:
            'The answer is the mean current of the last layer so far, so every step has one. "full" fires at theta, "half" at half of it.',
        },
        STEP_AXIS,
        { label: 'test accuracy (%)' },
        runs.map((run) => ({
          name: `SNN, ${run.name}`,
          points: steps.map((step) => ({ x: step, y: run.snn.accuracy[step] ?? Number.NaN })),
        })),
        [{ name: 'ANN', at: annAccuracy, along: 'x' }],
      ),
      responseFigure(plotter, [1, 2, 4, 8]),
      htmlTable(
        `Accuracy, spikes and estimated energy per image (45 nm, 32-bit floats: 4.6 pJ a multiply-accumulate, 0.9 pJ an accumulate). ANN: ${percent(annAccuracy)} %, ${joules(annJoule)}.`,
        columns,
        rows,
      ),
    ],
  };
}

function spikes(plotter: Plotter, { runs, raster, steps }: DemoFigures): Section {
  const last = steps.at(-1)!;
  const byLayer = runs.map((run) => ({ name: run.name, spikes: spikesByLayer(run.spikes.density, last) }));
  const layers = Object.keys(byLayer[0]?.spikes ?? {});
  return {
    title: 'Where the spikes are',
    content: [
      barFigure(
        plotter,
        {
          id: 'layers',
          title: 'Spikes per layer',
          caption: 'Spikes per neuron and image up to the last step. This, not T, is what the network costs.',
        },
        { groups: 'layer', values: 'spikes per neuron' },
        layers,
        byLayer.map(({ name, spikes }) => ({ name, values: layers.map((layer) => spikes[layer] ?? 0) })),
      ),
      rasterFigure(
        plotter,
        {
          id: 'raster',
          title: 'Spikes of one image',
          caption: `Each spike while the network sees ${raster.label}.`,
        },
        raster.layers,
        raster.steps,
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
