/**
 * @file A comparison of methods: who needs how many steps, and how much energy.
 */
import { ESTIMATORS } from '../../energy/estimators.ts';
import { claimsOf } from '../claims.ts';
import type { Comparison, MethodResult } from '../comparison.ts';
import { comparisonTables } from '../comparison-tables.ts';
import { htmlTable, listing, type Section } from '../html-page.ts';
import { TABLE_ESTIMATOR } from '../named-run.ts';
import { type CostlyRun, energyFigure, stepFigure } from '../plot/accuracy-figures.ts';
import { layerFigure } from '../plot/layer-figure.ts';
import type { Plotter } from '../plot/load.ts';
import { rasterFigure } from '../plot/raster-figure.ts';
import { energyTables, methodTable, spikeTable } from './comparison-cost.ts';
import { comparisonErrors } from './comparison-errors.ts';
import { methodGroups } from './method-groups.ts';

/** @param id what the figures' ids begin with */
export function comparisonSections(plotter: Plotter, id: string, comparison: Comparison): Section[] {
  const { dataset, model, images } = comparison;
  const where = `${dataset}, ${model}, ${images} images`;
  return [
    { title: `Comparison: ${where}`, content: stepContent(plotter, id, comparison) },
    { title: `Spikes and energy: ${where}`, content: costContent(plotter, id, comparison) },
    ...comparisonErrors(plotter, id, comparison, where),
  ];
}

function stepContent(plotter: Plotter, id: string, comparison: Comparison): Section['content'] {
  const { steps, bestAnn } = comparison;
  const figures = methodGroups(comparison).map(({ title, methods }, i) =>
    stepFigure(
      plotter,
      {
        id: `${id}-steps-${i + 1}`,
        title: `Accuracy against T${title}`,
        caption: `Accuracy after T time steps; the thick line is ${methods[0]!.title}, which ratios are taken against. The dotted line is the best of the trained networks.`,
      },
      methods.map((method, m) => costly(method, m === 0)),
      steps,
      { name: 'best ANN', at: bestAnn },
    ),
  );
  const claims = claimsOf(comparison).map(({ says, verdict, findings }) =>
    listing(`"${says}": ${verdict}`, findings),
  );
  const tables = comparisonTables(comparison).map(({ title, columns, rows }) =>
    htmlTable(`${title}.`, columns, rows),
  );
  return [...claims, ...figures, ...tables, methodTable(comparison)];
}

function costContent(plotter: Plotter, id: string, comparison: Comparison): Section['content'] {
  const { steps, methods, reference, raster } = comparison;
  const ours = methods.find((method) => method.id === reference)!;
  const needed = ours.needed.own['0.5'] ?? null;
  const at = needed ?? steps.at(-1)!;
  const why = needed === null ? 'the last' : `which ${ours.title} needs to be within half a point of its ANN`;
  const place = steps.indexOf(at);
  const groups = methodGroups(comparison);
  const boundary = ESTIMATORS.find(({ name }) => name === TABLE_ESTIMATOR);
  return [
    ...groups.map(({ title, methods }, i) =>
      energyFigure(
        plotter,
        {
          id: `${id}-energy-${i + 1}`,
          title: `Accuracy against energy${title}`,
          caption: `One point for each T; ${boundary ? `${boundary.source}; ${boundary.boundary}` : TABLE_ESTIMATOR}. The thick line is ${ours.title}.`,
        },
        methods.map((method, m) => costly(method, m === 0)),
        steps,
        TABLE_ESTIMATOR,
      ),
    ),
    ...groups.map(({ title, methods }, i) =>
      layerFigure(
        plotter,
        {
          id: `${id}-layers-${i + 1}`,
          title: `Spikes per layer${title}`,
          caption: `Spikes per neuron and image up to T = ${at}, ${why}.`,
        },
        methods.map((method, m) => ({
          name: method.title,
          bold: m === 0,
          byLayer: Object.fromEntries(
            Object.entries(method.spikesByLayer).map(([layer, values]) => [
              layer,
              values[place] ?? Number.NaN,
            ]),
          ),
        })),
      ),
    ),
    ...(raster
      ? [
          rasterFigure(
            plotter,
            {
              id: `${id}-raster`,
              title: 'Spikes of one image',
              caption: `${ours.title}: each spike while it sees test image ${raster.image + 1}; of a large layer some neurons were drawn by chance.`,
            },
            raster.layers,
            raster.steps,
          ),
        ]
      : []),
    spikeTable(comparison),
    ...energyTables(comparison),
  ];
}

function costly(method: MethodResult, bold: boolean): CostlyRun {
  const { title, accuracy, energy, annAccuracy } = method;
  return { name: title, accuracy, energy: energy[TABLE_ESTIMATOR], annAccuracy, bold };
}
