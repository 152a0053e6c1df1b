/** @file A comparison as the guide shows it: a row for each contender, and what the rows say of the claims. The command prints more. */
import { claimsOf } from '../../src/report/claims.ts';
import type { Comparison, ContenderResult } from '../../src/report/comparison.ts';
import { fixed, percent } from '../../src/report/format.ts';
import { paired, pairedVerdict, SIGNIFICANT } from '../../src/report/mcnemar.ts';
import { ranges } from '../../src/report/ranges.ts';
import { unpackRight } from '../../src/report/right-answers.ts';
import { energyRatio } from '../../src/report/simulation-report.ts';
import { SPARE_COLUMNS, SPARE_WORDS, spareAnns } from '../../src/report/spare-anns.ts';
import { TOLERANCE } from '../../src/report/steps-needed.ts';
import { markdownTable } from '../../src/report/table.ts';

/** The T that have a column; the last one measured has one too. */
const SHOWN: readonly number[] = [1, 2, 4, 8, 16, 32];

export const shownSteps = (steps: readonly number[]): number[] =>
  steps.filter((t) => SHOWN.includes(t) || t === steps.at(-1));

export function comparisonPage(comparison: Comparison): string {
  const { contenders, baseline, steps, images, dataset, model } = comparison;
  const reference = contenders.find(({ id }) => id === baseline)!;
  const shown = shownSteps(steps);
  const spared = contenders.some(({ zeros }) => zeros);
  const columns = [
    ...['contender', 'ANN %', ...shown.map((t) => `T=${t}`), 'the reference is better at'],
    ...[`T within ${TOLERANCE} of its ANN`, 'spikes per neuron there', 'energy SNN / ANN there'],
    ...(spared ? SPARE_COLUMNS.map(({ title }) => title) : []),
  ].map((title, i) => ({ title, align: i === 0 ? ('left' as const) : ('right' as const) }));
  const rows = contenders.map((contender) => [
    ...[
      contender.title,
      percent(contender.annAccuracy),
      ...shown.map((t) => percent(contender.accuracy[t]!)),
    ],
    contender === reference ? '' : ranges(betterAt(comparison, reference, contender), steps),
    ...costOf(contender, steps.at(-1)!),
    ...(spared ? spareText(contender) : []),
  ]);
  const about = `${images} test images of ${dataset}, ${model}; accuracy in percent. The reference is ${reference.title}; it is better than a contender at the T where McNemar's exact test on the same images says so with p < ${SIGNIFICANT}, for each T by itself.`;
  const exact = contenders.some(({ latency }) => latency)
    ? ' Of exact modes the T needed has beside it the steps until the answer stands.'
    : '';
  const others = spared ? ` ${sentence(SPARE_WORDS)}` : '';
  const claims = claimsOf(comparison).map(
    ({ says, verdict, findings }) =>
      `**"${says}": ${verdict}**\n\n${findings.map((finding) => `- ${finding}`).join('\n')}`,
  );
  return [markdownTable(columns, rows), about + exact + others, ...claims].join('\n\n');
}

function costOf(contender: ContenderResult, last: number): string[] {
  const t = contender.needed.own[TOLERANCE] ?? null;
  if (t === null) return [`> ${last}`, '-', '-'];
  const ratio = energyRatio(contender.energy, t);
  const latency = contender.latency?.[t];
  const until = latency === undefined ? String(t) : `${t}; ${fixed(latency, 1)} steps`;
  return [until, fixed(contender.spikesPerNeuron[t]!, 2), ratio === null ? '-' : fixed(ratio, 2)];
}

function spareText(contender: ContenderResult): string[] {
  const found = spareAnns(contender);
  return SPARE_COLUMNS.map(({ ann }) => (found ? fixed(found[ann], 2) : '-'));
}

/** Nothing where the answers are not known image by image. */
function betterAt(
  { steps, images }: Comparison,
  reference: ContenderResult,
  other: ContenderResult,
): number[] {
  if (!reference.right || !other.right) return [];
  const same = new Uint8Array(images).fill(1);
  return steps.filter((t) => {
    const [own, its] = [reference, other].map((one) => unpackRight(one.right![t] ?? '', images));
    return pairedVerdict(paired(own!, its!, same)) === 'better';
  });
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
