/**
 * @file What was checked on one network: the laws, where accuracy was lost, what the errors of its layers look like.
 */

import { anatomyTable } from '../anatomy-table.ts';
import { precise } from '../format.ts';
import { htmlTable, paragraph, type Section } from '../html-page.ts';
import { errorFigure } from '../plot/error-figure.ts';
import type { Plotter } from '../plot/load.ts';
import { signFigure } from '../plot/sign-figure.ts';
import type { VerifyRun } from '../runs/run.ts';
import { lawTable, layerTable, stageTable, type TableData } from '../tables.ts';

/** @param id what the figures' ids begin with */
export function verificationSection(plotter: Plotter, id: string, run: VerifyRun): Section {
  const broken = run.laws.filter((law) => !law.holds).map((law) => law.id);
  const steps = run.layers[0]?.anatomy.steps ?? 0;
  const table = (caption: string, { columns, rows }: TableData): string => htmlTable(caption, columns, rows);
  const figures =
    run.layers.length === 0
      ? []
      : [
          errorFigure(
            plotter,
            {
              id: `${id}-errors`,
              title: 'Errors of each layer',
              caption: `Rates after T = ${steps} steps against the activations they stand for; one spike more or less is ${precise(1 / steps, 2)} theta. What lies outside is in the outermost bins.`,
            },
            [{ name: 'error', layers: run.layers }],
          ),
          signFigure(
            plotter,
            {
              id: `${id}-signs`,
              title: 'Errors of both signs',
              caption:
                'Errors upwards and downwards, averaged over all neurons of a layer; what they leave is the mean.',
            },
            'layer',
            run.layers.map(({ name, anatomy }) => ({ name, ...anatomy.whole })),
          ),
        ];
  return {
    title: `Verification: ${run.name}`,
    content: [
      paragraph(
        broken.length === 0
          ? `Every law holds, on ${run.images} images.`
          : `NOT holding on these ${run.images} images: ${broken.join(', ')}.`,
      ),
      ...figures,
      table('Laws.', lawTable(run.laws)),
      table('Stages from the trained network to its spikes.', stageTable(run.stages)),
      table('Rates of each layer against activations.', layerTable(run.layers)),
      table(
        'Error anatomy, in theta: root mean squares of its parts and of the whole, the mean with its two sides, the share that survives in the next sum and would with random signs, overload, residual potential.',
        anatomyTable(run.layers.map(({ anatomy }) => anatomy)),
      ),
    ],
  };
}
