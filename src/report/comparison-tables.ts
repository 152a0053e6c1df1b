/**
 * @file The tables of a comparison: accuracy by T; what the T needed costs; the T needed against ours.
 */
import { ERROR_PARTS } from '../proof/anatomy/layer-anatomy.ts';
import { summariseAnatomy } from './anatomy-summary.ts';
import type { Comparison } from './comparison.ts';
import { fixed, percent } from './format.ts';
import { paired, pairedVerdict, SIGNIFICANT } from './mcnemar.ts';
import { unpackRight } from './right-answers.ts';
import { energyRatio, TABLE_ESTIMATOR } from './simulation-report.ts';
import { spareAnns } from './spare-anns.ts';
import { TOLERANCE, TOLERANCES } from './steps-needed.ts';
import type { Column } from './table.ts';
import type { TableData } from './tables.ts';
import { type TimeRatio, timeRatio } from './time-ratio.ts';

const right = (title: string): Column => ({ title, align: 'right' });
const CONTENDER: Column = { title: 'contender', align: 'left' };

export interface TitledTable extends TableData {
  readonly title: string;
}

export function comparisonTables(comparison: Comparison): TitledTable[] {
  const anatomy = comparison.contenders.some((contender) => contender.anatomy)
    ? [errorTable(comparison)]
    : [];
  return [
    accuracyTable(comparison),
    ...pairedTable(comparison),
    costTable(comparison),
    ...spareTable(comparison),
    ratioTable(comparison),
    ...anatomy,
  ];
}

function accuracyTable({ contenders, steps, images, dataset, model }: Comparison): TitledTable {
  return {
    title: `Accuracy in percent after T steps, ${images} test images of ${dataset}, ${model}`,
    columns: [CONTENDER, right('ANN'), ...steps.map((t) => right(`T=${t}`))],
    rows: contenders.map((contender) => [
      contender.title,
      percent(contender.annAccuracy),
      ...steps.map((t) => percent(contender.accuracy[t]!)),
    ]),
  };
}

/** Nothing where no other contender's answers are known image by image. */
function pairedTable({ contenders, steps, images, baseline }: Comparison): TitledTable[] {
  const ours = contenders.find(({ id }) => id === baseline)!;
  const others = contenders.filter(({ id, right }) => id !== baseline && right);
  if (!ours.right || others.length === 0) return [];
  const same = new Uint8Array(images).fill(1);
  return [
    {
      title: `${ours.title} beside each contender on the same ${images} images: better or worse where McNemar's exact test has p < ${SIGNIFICANT}, for each T by itself`,
      columns: [CONTENDER, ...steps.map((t) => right(`T=${t}`))],
      rows: others.map((other) => [
        other.title,
        ...steps.map((t) => {
          const [own, its] = [ours, other].map((one) => unpackRight(one.right![t] ?? '', images));
          return pairedVerdict(paired(own!, its!, same));
        }),
      ]),
    },
  ];
}

function costTable({ contenders, steps }: Comparison): TitledTable {
  const settles = contenders.some((contender) => contender.latency);
  const exact = settles ? '; in brackets the steps until an exact answer stands' : '';
  const columns = TOLERANCES.flatMap((points) => [
    right(`T (${points})`),
    right('spikes'),
    right('SNN / ANN'),
  ]);
  return {
    title: `Spikes per neuron and energy (${TABLE_ESTIMATOR}) at the T needed to be within 1 / 0.5 / 0.1 points of its own ANN${exact}`,
    columns: [CONTENDER, ...columns],
    rows: contenders.map((contender) => [
      contender.title,
      ...TOLERANCES.flatMap((points) => {
        const t = contender.needed.own[points];
        if (t === null || t === undefined) return [`> ${steps.at(-1)}`, '-', '-'];
        const ratio = energyRatio(contender.energy, t);
        const latency = contender.latency?.[t];
        return [
          latency === undefined ? String(t) : `${t} (${fixed(latency, 1)})`,
          fixed(contender.spikesPerNeuron[t]!, 2),
          ratio === null ? '-' : fixed(ratio, 2),
        ];
      }),
    ]),
  };
}

/** Nothing where none was measured. */
function spareTable({ contenders }: Comparison): TitledTable[] {
  const rows = contenders.flatMap((contender) => {
    const ratios = spareAnns(contender);
    if (!ratios || !contender.zeros) return [];
    const { steps, bits } = contender.zeros;
    const of = [ratios.dense, ratios.zeros, ratios.int8, ratios.bits].map((ratio) => fixed(ratio, 2));
    return [[contender.title, String(steps), ...of, String(bits)]];
  });
  const anns = ['dense, 32 bits', 'zeros skipped', 'dense, 8 bits', 'dense, few bits', 'how many'];
  return rows.length === 0
    ? []
    : [
        {
          title: `Arithmetic, SNN / ANN, at the T needed to be within ${TOLERANCE} points of its own ANN, against ANNs that spare what they can; weights of the same bits (few-bit activations: 8-bit weights)`,
          columns: [CONTENDER, right('T'), ...anns.map(right)],
          rows,
        },
      ];
}

function ratioTable(comparison: Comparison): TitledTable {
  const { contenders, baseline } = comparison;
  const ours = contenders.find((contender) => contender.id === baseline)!;
  const columns = (['own', 'best'] as const).flatMap((target) =>
    TOLERANCES.map((points) => ({ target, points })),
  );
  return {
    title: `T needed, over that of ${ours.title}: within 1 / 0.5 / 0.1 points of its own ANN, and of the best ANN (${percent(comparison.bestAnn)} %)`,
    columns: [CONTENDER, ...columns.map(({ target, points }) => right(`${target}, ${points}`))],
    rows: contenders.map((contender) => [
      contender.title,
      ...columns.map(({ target, points }) => ratioText(timeRatio(comparison, contender, target, points))),
    ]),
  };
}

function errorTable({ contenders }: Comparison): TitledTable {
  const taken = contenders.flatMap((contender) =>
    contender.anatomy ? [{ title: contender.title, summary: summariseAnatomy(contender.anatomy) }] : [],
  );
  const { steps, images } = taken[0]!.summary;
  const short = (value: number): string => fixed(value, 4);
  return {
    title: `Error of a neuron, rate - activation in theta, T = ${steps}, ${images} images; last: what is left of the errors in the next layer's sums, and what would be by chance`,
    columns: [CONTENDER, ...['mean', '> 0', '< 0', 'rms', ...ERROR_PARTS, 'left', 'by chance'].map(right)],
    rows: taken.map(({ title, summary }) => [
      title,
      ...[summary.mean, summary.positive, summary.negative, summary.rms].map(short),
      ...ERROR_PARTS.map((part) => short(summary.parts[part])),
      fixed(summary.survives, 3),
      fixed(summary.byChance, 3),
    ]),
  };
}

/** "32 / 2 = 16x"; where the contender's T was not reached "> 256 / 2 = > 128x". */
export function ratioText({ steps, ours, last, ratio }: TimeRatio): string {
  const shown = (t: number | null): string => (t === null ? `> ${last}` : String(t));
  if (ratio === null) return `${shown(steps)} / ${shown(ours)}`;
  return `${shown(steps)} / ${shown(ours)} = ${steps === null ? '> ' : ''}${multiple(ratio)}`;
}

/** 16 is "16x", 0.5 is "0.5x". */
export const multiple = (ratio: number): string => `${Number(ratio.toPrecision(3))}x`;
