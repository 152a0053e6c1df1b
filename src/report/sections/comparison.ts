/**
 * @file A comparison of contenders: who needs how many steps, and how much energy.
 */
import { ESTIMATORS } from '../../energy/estimators.ts';
import { claimsOf } from '../claims.ts';
import type { Comparison, ContenderResult } from '../comparison.ts';
import { comparisonTables } from '../comparison-tables.ts';
import { htmlTable, listing, type Section } from '../html-page.ts';
import { type CostlyRun, energyFigure, stepFigure } from '../plot/accuracy-figures.ts';
import { layerFigure } from '../plot/layer-figure.ts';
import type { Plotter } from '../plot/load.ts';
import { rasterFigure } from '../plot/raster-figure.ts';
import { TABLE_ESTIMATOR } from '../simulation-report.ts';
import { contenderTable, energyTables, spikeTable } from './comparison-cost.ts';
import { comparisonErrors } from './comparison-errors.ts';
import { contenderGroups } from './contender-groups.ts';

/**
 * @param id what the figures' ids begin with
 * @param seed its seed, where there are others
 */
export function comparisonSections(
  plotter: Plotter,
  id: string,
  comparison: Comparison,
  seed?: number,
): Section[] {
  const { dataset, model, images } = comparison;
  const where = `${dataset}, ${model}, ${images} images${seed === undefined ? '' : `, seed ${seed}`}`;
  return [
    { title: `Comparison: ${where}`, content: stepContent(plotter, id, comparison) },
    { title: `Spikes and energy: ${where}`, content: costContent(plotter, id, comparison) },
    ...comparisonErrors(plotter, id, comparison, where),
  ];
}

function stepContent(plotter: Plotter, id: string, comparison: Comparison): Section['content'] {
  const { steps, bestAnn } = comparison;
  const figures = contenderGroups(comparison).map(({ title, contenders }, i) =>
    stepFigure(
      plotter,
      {
        id: `${id}-steps-${i + 1}`,
        title: `Accuracy against T${title}`,
        caption: `Accuracy after T time steps; the thick line is ${contenders[0]!.title}, which ratios are taken against. The dotted line is the best of the trained networks.`,
      },
      contenders.map((contender, m) => costly(contender, m === 0)),
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
  return [...claims, ...figures, ...tables, contenderTable(comparison)];
}

function costContent(plotter: Plotter, id: string, comparison: Comparison): Section['content'] {
  const { steps, contenders, baseline, raster } = comparison;
  const ours = contenders.find((contender) => contender.id === baseline)!;
  const needed = ours.needed.own['0.5'] ?? null;
  const at = needed ?? steps.at(-1)!;
  const why = needed === null ? 'the last' : `which ${ours.title} needs to be within half a point of its ANN`;
  const place = steps.indexOf(at);
  const groups = contenderGroups(comparison);
  const boundary = ESTIMATORS.find(({ name }) => name === TABLE_ESTIMATOR);
  return [
    ...groups.map(({ title, contenders }, i) =>
      energyFigure(
        plotter,
        {
          id: `${id}-energy-${i + 1}`,
          title: `Accuracy against energy${title}`,
          caption: `One point for each T; ${boundary ? `${boundary.source}; ${boundary.boundary}` : TABLE_ESTIMATOR}. The thick line is ${ours.title}.`,
        },
        contenders.map((contender, m) => costly(contender, m === 0)),
        steps,
        TABLE_ESTIMATOR,
      ),
    ),
    ...groups.map(({ title, contenders }, i) =>
      layerFigure(
        plotter,
        {
          id: `${id}-layers-${i + 1}`,
          title: `Spikes per layer${title}`,
          caption: `Spikes per neuron and image up to T = ${at}, ${why}.`,
        },
        contenders.map((contender, m) => ({
          name: contender.title,
          bold: m === 0,
          byLayer: Object.fromEntries(
            Object.entries(contender.spikesByLayer).map(([layer, values]) => [
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

function costly(contender: ContenderResult, bold: boolean): CostlyRun {
  const { title, accuracy, energy, annAccuracy } = contender;
  return { name: title, accuracy, energy: energy[TABLE_ESTIMATOR], annAccuracy, bold };
}
