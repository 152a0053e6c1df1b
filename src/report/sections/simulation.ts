/**
 * @file What spiking networks answered, when, and at what price: all simulations of a data set beside each other.
 */
import { htmlTable, type Section } from '../html-page.ts';
import { type CostlyRun, energyFigure, stepFigure } from '../plot/accuracy-figures.ts';
import { layerFigure } from '../plot/layer-figure.ts';
import type { Plotter } from '../plot/load.ts';
import { rasterFigure } from '../plot/raster-figure.ts';
import type { SimulateRun } from '../runs/run.ts';
import { spikesByLayer, TABLE_ESTIMATOR } from '../simulation-report.ts';
import type { Figure } from '../svg/figure.ts';
import { runTable } from '../tables.ts';
import { portions } from './portions.ts';
import { profileContent } from './profile.ts';

/** @param id what the figures' ids begin with */
export function simulationSection(
  plotter: Plotter,
  id: string,
  dataset: string,
  runs: readonly SimulateRun[],
): Section {
  const steps = shownSteps(runs);
  const { columns, rows } = runTable(runs, steps, { what: 'run' });
  return {
    title: `Simulation: ${dataset}`,
    content: [
      ...portions(runs).flatMap((part, i) => figures(plotter, `${id}-${i + 1}`, part, steps)),
      htmlTable(
        `Accuracy, and per image up to step T: spikes per neuron, accumulates, energy (${TABLE_ESTIMATOR}).`,
        columns,
        rows,
      ),
      ...profileContent(plotter, `${id}-profile`, runs),
    ],
  };
}

function figures(
  plotter: Plotter,
  id: string,
  runs: readonly SimulateRun[],
  steps: readonly number[],
): Figure[] {
  const costly = runs.map(
    ({ name, snn, energy, ann }): CostlyRun => ({
      name,
      accuracy: snn.accuracy,
      energy: energy[TABLE_ESTIMATOR],
      annAccuracy: ann?.accuracy,
    }),
  );
  const anns = [...new Set(runs.flatMap(({ ann }) => ann?.accuracy ?? []))];
  const last = steps.at(-1)!;
  return [
    stepFigure(
      plotter,
      { id: `${id}-steps`, title: 'Accuracy against T', caption: 'Accuracy after T time steps.' },
      costly,
      steps,
      anns.length === 1 ? { name: 'ANN', at: anns[0]! } : undefined,
    ),
    energyFigure(
      plotter,
      {
        id: `${id}-energy`,
        title: 'Accuracy against energy',
        caption: `One point for each T of ${steps.join(', ')}; estimated energy of the arithmetic alone, logarithmic.`,
      },
      costly,
      steps,
      TABLE_ESTIMATOR,
    ),
    layerFigure(
      plotter,
      {
        id: `${id}-layers`,
        title: 'Spikes per layer',
        caption: `Spikes per neuron and image up to T = ${last}.`,
      },
      runs.map(({ name, spikes }) => ({
        name,
        byLayer: spikesByLayer(spikes.density, last),
      })),
    ),
    ...runs.flatMap(({ name, raster }, r) =>
      raster
        ? [
            rasterFigure(
              plotter,
              {
                id: `${id}-raster-${r + 1}`,
                title: 'Spikes of one image',
                caption: `${name}: each spike while it sees test image ${raster.image + 1}.`,
              },
              raster.layers,
              raster.steps,
            ),
          ]
        : [],
    ),
  ];
}

/** The steps that the runs were asked for, or else the powers of two among those they have. */
function shownSteps(runs: readonly SimulateRun[]): number[] {
  const asked = runs.flatMap(({ config, snn }) => {
    const had = Object.keys(snn.accuracy).map(Number);
    const wanted = Array.isArray(config.steps)
      ? had.filter((t) => (config.steps as unknown[]).includes(t))
      : [];
    return wanted.length > 0 ? wanted : had.filter((t) => Number.isInteger(Math.log2(t)));
  });
  return [...new Set(asked)].sort((a, b) => a - b);
}
