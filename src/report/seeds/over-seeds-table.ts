/** @file A comparison over seeds as a table and sentences: means with the least and the most, never one seed's luck. */
import { isRival } from '../claims.ts';
import { ratioText } from '../comparison-tables.ts';
import { fixed, percent } from '../format.ts';
import { mcnemar, pairedVerdict, SIGNIFICANT } from '../mcnemar.ts';
import { ranges } from '../ranges.ts';
import { TABLE_ESTIMATOR } from '../simulation-report.ts';
import { SPARE_COLUMNS, SPARE_WORDS, type SpareAnns } from '../spare-anns.ts';
import { TOLERANCE } from '../steps-needed.ts';
import type { Column } from '../table.ts';
import type { TableData } from '../tables.ts';
import { type ContenderOverSeeds, mean, type OverSeeds } from './over-seeds.ts';

/** @param shown the T that have a column */
export function overSeedsTable(over: OverSeeds, shown: readonly number[] = over.steps): TableData {
  const last = over.steps.at(-1)!;
  const spared = over.contenders.some(({ spare }) => spare);
  const right = (title: string): Column => ({ title, align: 'right' });
  return {
    columns: [
      { title: 'contender', align: 'left' },
      ...['ANN %', ...shown.map((t) => `T=${t}`)].map(right),
      ...['the reference is better at', 'it is better than the reference at'].map(right),
      ...[`T within ${TOLERANCE} of its ANN`, 'spikes per neuron there', 'energy SNN / ANN there'].map(right),
      ...(spared ? SPARE_COLUMNS.map(({ title }) => right(title)) : []),
    ],
    rows: over.contenders.map((contender) => [
      contender.title,
      `${percent(mean(contender.ann))} (${percent(Math.min(...contender.ann))} to ${percent(Math.max(...contender.ann))})`,
      ...shown.map((t) => percent(mean(contender.accuracy[t]!))),
      ...(['better', 'worse'] as const).map((verdict) =>
        contender.pairs ? ranges(stepsWhere(contender, over.steps, verdict), over.steps) : '',
      ),
      neededText(contender.needed[TOLERANCE]!, last) + standsText(contender),
      meanText(contender.spikesPerNeuron[TOLERANCE]!),
      meanText(contender.energyRatio[TOLERANCE]!),
      ...(spared ? SPARE_COLUMNS.map(({ ann }) => spareText(contender, ann)) : []),
    ]),
  };
}

/** What the table's figures are. */
export function overSeedsAbout({ seeds, images, dataset, model, contenders, baseline }: OverSeeds): string {
  const reference = contenders.find(({ id }) => id === baseline)!.title;
  const spared = contenders.some(({ spare }) => spare) ? `; ${SPARE_WORDS}` : '';
  return (
    `${images} test images of ${dataset}, ${model}, with each of the seeds ${seeds.join(', ')}: means over the seeds, in percent, of the ANN the least ` +
    `and the most too; of the T needed the median (of an even number of seeds the larger one), the least and the most, of exact modes also the steps until its answer stands; spikes and energy (${TABLE_ESTIMATOR}) at each seed's own T, a dash where a seed has none${spared}. ` +
    `The reference is ${reference}; better is said of the T where McNemar's exact test over the images of all seeds has p < ${SIGNIFICANT}, for each T by itself.`
  );
}

/** Each claim: its title with the verdict, and the sentences below it. */
export function overSeedsClaims(over: OverSeeds): { title: string; findings: string[] }[] {
  const { claims, seeds } = over;
  return claims.map(({ id, says, verdict, bySeed }) => {
    const kinds = [...new Set(bySeed)];
    const words = kinds.map((kind) => {
      const of = seeds.filter((_, i) => bySeed[i] === kind);
      return `${kind} with ${seedWords(of)}`;
    });
    const more = id === 'fewer-steps' ? stepRatios(over) : [];
    return { title: `"${says}": ${verdict}`, findings: [`Seed by seed: ${words.join('; ')}.`, ...more] };
  });
}

/** The least and the most steps of another's over the reference's, seed by seed. */
function stepRatios({ contenders, baseline, seeds, steps }: OverSeeds): string[] {
  const reference = contenders.find(({ id }) => id === baseline)!;
  const last = steps.at(-1)!;
  const ratios = contenders
    .filter((contender) => isRival(contender, reference))
    .flatMap((rival) =>
      reference.needed[TOLERANCE]!.flatMap((own, i) => {
        if (own === null) return [];
        const its = rival.needed[TOLERANCE]![i]!;
        const ratio = (its ?? last) / own;
        const words = `${ratioText({ steps: its, ours: own, last, ratio })} (${rival.title}, seed ${seeds[i]})`;
        return [{ ratio, reached: its !== null, words }];
      }),
    );
  if (ratios.length === 0) return [];
  // of equals a lower bound is the most; the least is one that is known, where there is one
  ratios.sort((a, b) => a.ratio - b.ratio || Number(b.reached) - Number(a.reached));
  const [least, most] = [ratios.find(({ reached }) => reached) ?? ratios[0]!, ratios.at(-1)!];
  const range = least === most ? least.words : `from ${least.words} to ${most.words}`;
  const never = ratios.filter(({ reached }) => !reached).length;
  const open = never > 0 ? `; ${never} of ${ratios.length} do not come there by T = ${last}` : '';
  const nowhere = seeds.filter((_, i) => reference.needed[TOLERANCE]![i] === null);
  const left =
    nowhere.length > 0 ? ` The reference does not come there with ${seedWords(nowhere)}: left out.` : '';
  return [
    `Steps of another over the reference's, within ${TOLERANCE} points of its own ANN: ${range}${open}.${left}`,
  ];
}

const seedWords = (seeds: readonly number[]): string =>
  `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;

/** The T at which the reference is better, or worse, than this contender. */
function stepsWhere(
  { pairs }: ContenderOverSeeds,
  steps: readonly number[],
  verdict: 'better' | 'worse',
): number[] {
  return steps.filter((t) => {
    const { onlyReference, onlyIt } = pairs![t]!;
    const pair = { onlyFirst: onlyReference, onlySecond: onlyIt, p: mcnemar(onlyReference, onlyIt) };
    return pairedVerdict(pair) === verdict;
  });
}

/** "8", "8 (4 to 16)", "8 (4 to > 128)", "> 128": the median of an even number is the larger of the two in the middle. */
function neededText(needed: readonly (number | null)[], last: number): string {
  const sorted = needed.map((t) => t ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const shown = (t: number): string => (Number.isFinite(t) ? String(t) : `> ${last}`);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const median = shown(sorted[sorted.length >> 1]!);
  return least === most ? median : `${median} (${shown(least)} to ${shown(most)})`;
}

/** Of exact modes, "; 21.5 steps": the mean over seeds of the steps until the answer of the T needed stands, where all come there. */
function standsText({ latency, needed }: ContenderOverSeeds): string {
  if (!latency) return '';
  const steps = needed[TOLERANCE]!.flatMap((t, i) => (t === null ? [] : [latency[t]![i]!]));
  return steps.length === needed[TOLERANCE]!.length ? `; ${fixed(mean(steps), 1)} steps` : '';
}

const spareText = ({ spare }: ContenderOverSeeds, ann: keyof SpareAnns): string =>
  spare ? meanText(spare.map((ratios) => ratios?.[ann] ?? null)) : '-';

/** A dash where a seed has no figure: a mean over the others would flatter. */
const meanText = (values: readonly (number | null)[]): string =>
  values.every((value) => value !== null) ? fixed(mean(values), 2) : '-';
