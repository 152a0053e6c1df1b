/**
 * @file Where the errors of the contenders come from, as far as they were taken apart.
 */
import type { LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';
import { summariseAnatomy } from '../anatomy-summary.ts';
import { anatomyTable } from '../anatomy-table.ts';
import type { Comparison } from '../comparison.ts';
import { foldable, htmlTable, type Section } from '../html-page.ts';
import { errorFigure } from '../plot/error-figure.ts';
import type { Plotter } from '../plot/load.ts';
import { signFigure } from '../plot/sign-figure.ts';
import { portions } from './portions.ts';

interface Anatomised {
  readonly name: string;
  readonly activation: string;
  readonly layers: readonly LayerAnatomy[];
}

/** Histograms over each other that can still be read. */
const OVERLAID = 2;

/** No section where no contender was taken apart. */
export function comparisonErrors(
  plotter: Plotter,
  id: string,
  comparison: Comparison,
  where: string,
): Section[] {
  const taken = comparison.contenders.flatMap(({ title, activation, anatomy = [] }): Anatomised[] =>
    anatomy.length === 0 ? [] : [{ name: title, activation, layers: anatomy }],
  );
  if (taken.length === 0) return [];
  const ours = comparison.contenders.find((contender) => contender.id === comparison.baseline)!;
  const [first, ...others] = onePerActivation(taken, ours.title);
  const { steps, images } = summariseAnatomy(first!.layers);
  const groups = others.length === 0 ? [[]] : portions(others, OVERLAID);
  return [
    {
      title: `Errors: ${where}`,
      content: [
        signFigure(
          plotter,
          {
            id: `${id}-signs`,
            title: 'Errors of both signs',
            caption: `Rate - activation over all neurons, T = ${steps}, ${images} images: means upwards and downwards, and what they leave.`,
          },
          'contender',
          taken.map(({ name, layers }) => ({ name, ...summariseAnatomy(layers) })),
        ),
        ...groups.map((group, i) =>
          errorFigure(
            plotter,
            {
              id: `${id}-errors-${i + 1}`,
              title: `Errors of each layer: ${[first!, ...group].map(({ activation }) => activation).join(', ')}`,
              caption: `Rate - activation, T = ${steps}, ${images} images; a contender for each activation. What lies outside is in the outermost bins.`,
            },
            [first!, ...group].map(({ name, layers }) => ({
              name,
              layers: layers.map((layer) => ({ name: layer.name, histogram: layer.whole.histogram })),
            })),
          ),
        ),
        foldable(
          'Layer by layer',
          taken.map(({ name, layers }) => {
            const { columns, rows } = anatomyTable(layers);
            return htmlTable(`${name}: errors layer by layer, in theta.`, columns, rows);
          }),
        ),
      ],
    },
  ];
}

/** The first contender of each activation; the baseline's comes first. */
function onePerActivation(taken: readonly Anatomised[], ours: string): Anatomised[] {
  const ordered = [...taken].sort((a, b) => Number(b.name === ours) - Number(a.name === ours));
  return ordered.filter(
    (one, i) => ordered.findIndex(({ activation }) => activation === one.activation) === i,
  );
}
