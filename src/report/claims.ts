/**
 * @file What a comparison says of the claims in the stReLU paper's abstract. Everything is computed from the measurements;
 * a claim that does not hold is said not to hold.
 */
import { type AnatomySummary, summariseAnatomy } from './anatomy-summary.ts';
import type { Comparison, ContenderResult } from './comparison.ts';
import { multiple, ratioText } from './comparison-tables.ts';
import { fixed, percent } from './format.ts';
import { energyRatio } from './simulation-report.ts';
import { TOLERANCE, TOLERANCES } from './steps-needed.ts';
import { timeRatio } from './time-ratio.ts';

export const VERDICTS = ['confirmed', 'partly confirmed', 'not confirmed', 'not decided'] as const;

export type Verdict = (typeof VERDICTS)[number];

export interface Claim {
  readonly id: 'lossless' | 'smaller-error' | 'fewer-steps' | 'less-energy';
  /** The claim, in short. */
  readonly says: string;
  readonly verdict: Verdict;
  /** Sentences with the figures. */
  readonly findings: readonly string[];
}

/** The smallest factor in the abstract's "6 to 250". */
const FACTOR = 6;
/** Steps at which conversion losses are set side by side. */
const FEW_STEPS = 8;

type Kind = { readonly id: string; readonly ours: boolean; readonly latency?: unknown };

/** One of the others than ours and the reference, but for exact modes: their T is not the number of steps that they run. */
export const isRival = ({ id, ours, latency }: Kind, reference: Pick<Kind, 'id'>): boolean =>
  id !== reference.id && !ours && latency === undefined;

export function claimsOf(comparison: Comparison): Claim[] {
  const ours = comparison.contenders.find(({ id }) => id === comparison.baseline)!;
  const rivals = comparison.contenders.filter((contender) => isRival(contender, ours));
  return [
    lossless(comparison, ours),
    smallerError(comparison, ours, rivals),
    fewerSteps(comparison, ours, rivals),
    lessEnergy(comparison, ours),
  ];
}

function lossless({ steps }: Comparison, ours: ContenderResult): Claim {
  const last = steps.at(-1)!;
  const reached = TOLERANCES.filter((points) => ours.needed.own[points] !== null);
  const words = TOLERANCES.map((points) => {
    const t = ours.needed.own[points] ?? null;
    return t === null ? `${points}: not by T = ${last}` : `${points}: from T = ${t} on`;
  });
  return {
    ...{ id: 'lossless', says: 'nearly lossless' },
    verdict: judge(reached.length, TOLERANCES.length),
    findings: [
      `${ours.title}: ANN ${percent(ours.annAccuracy)} %, at T = ${last} ${percent(ours.accuracy[last]!)} %; within this many points of its ANN: ${words.join('; ')}.`,
    ],
  };
}

function smallerError(
  { steps }: Comparison,
  ours: ContenderResult,
  rivals: readonly ContenderResult[],
): Claim {
  const t = steps.findLast((step) => step <= FEW_STEPS) ?? steps[0]!;
  const loss = (contender: ContenderResult): number => contender.annAccuracy - contender.accuracy[t]!;
  const larger = rivals.filter((rival) => loss(rival) > loss(ours));
  const list = rivals.map((rival) => `${rival.title} ${percent(loss(rival))}`);
  return {
    id: 'smaller-error',
    says: 'smaller conversion error, as errors of both signs offset each other',
    verdict: judge(larger.length, rivals.length),
    findings: [
      `Points lost against its own ANN at T = ${t}: ${ours.title} ${percent(loss(ours))}; ${list.join(', ') || 'no other contender'}.`,
      `${larger.length} of ${rivals.length} others lose more.`,
      ...offsetting(ours, rivals),
    ],
  };
}

/** Whether errors of both signs offset each other: in the mean, and in the sums of the next layers. */
function offsetting(ours: ContenderResult, rivals: readonly ContenderResult[]): string[] {
  if (!ours.anatomy) return [];
  const own = summariseAnatomy(ours.anatomy);
  const lopsided = ({ mean, positive, negative }: AnatomySummary): number =>
    Math.abs(mean) / Math.max(Number.MIN_VALUE, positive + negative);
  const others = rivals.flatMap((rival) =>
    rival.anatomy ? [{ title: rival.title, summary: summariseAnatomy(rival.anatomy) }] : [],
  );
  const more = others.filter(({ summary }) => lopsided(summary) > lopsided(own));
  const leaves = others.filter(({ summary }) => summary.survives > own.survives);
  const beyond = own.survives < own.byChance ? 'less' : 'not less';
  return [
    `Errors of ${ours.title} by sign (theta, T = ${own.steps}): +${fixed(own.positive, 4)} and -${fixed(own.negative, 4)}, mean ${fixed(own.mean, 4)}: ${percent(100 * lopsided(own))} % of their size is bias; ${more.length} of ${others.length} others have a larger share.`,
    `In the sums of the next layers ${percent(100 * own.survives)} % of their size is left, ${beyond} than the ${percent(100 * own.byChance)} % that signs drawn at random would leave; ${leaves.length} of ${others.length} others leave more.`,
  ];
}

function fewerSteps(
  comparison: Comparison,
  ours: ContenderResult,
  rivals: readonly ContenderResult[],
): Claim {
  const findings: string[] = [];
  let verdict: Verdict = 'not decided';
  for (const target of ['own', 'best'] as const)
    for (const points of TOLERANCES) {
      const where = `Within ${points} ${points === '1' ? 'point' : 'points'} of ${target === 'own' ? 'its own' : 'the best'} ANN`;
      const ratios = rivals.flatMap((rival) => {
        const { ratio, ...times } = timeRatio(comparison, rival, target, points);
        const words = ratio === null ? '' : ratioText({ ratio, ...times });
        return ratio === null ? [] : [{ rival, ratio, reached: times.steps !== null, words }];
      });
      if (ratios.length === 0) {
        findings.push(
          `${where}: no ratio, ${ours.title} does not come there by T = ${comparison.steps.at(-1)}.`,
        );
        continue;
      }
      ratios.sort((a, b) => a.ratio - b.ratio);
      const [least, most] = [ratios[0]!, ratios.at(-1)!];
      const many = ratios.filter(({ ratio }) => ratio >= FACTOR).length;
      // more steps than were measured over ours: less than the factor says nothing against it
      const open = ratios.filter(({ ratio, reached }) => !reached && ratio < FACTOR).length;
      findings.push(
        `${where}: from ${least.words} (${least.rival.title}) to ${most.words} (${most.rival.title}); at least ${multiple(FACTOR)} against ${many} of ${ratios.length}${open > 0 ? `, not decided for ${open}` : ''}.`,
      );
      if (target === 'own' && points === TOLERANCE)
        verdict = many === 0 && open > 0 ? 'not decided' : judge(many, ratios.length);
    }
  const says = '6 to 250 times fewer time steps than other methods';
  return { id: 'fewer-steps', says, verdict, findings };
}

/** Judged on every contender of ours that comes near enough to its ANN; the baseline's figures come first. */
function lessEnergy({ steps, contenders }: Comparison, ours: ContenderResult): Claim {
  const findings = Object.keys(ours.energy).flatMap((estimator) => {
    const parts = TOLERANCES.flatMap((points) => {
      const t = ours.needed.own[points] ?? null;
      const ratio = t === null ? null : energyRatio(ours.energy, t, estimator);
      return ratio === null ? [] : [`${fixed(ratio, 2)} (T = ${t}, within ${points})`];
    });
    return parts.length === 0
      ? []
      : [`${estimator}: energy of ${ours.title} over its ANN's ${parts.join(', ')}.`];
  });
  const near = contenders.flatMap((contender) => {
    const t = contender.needed.own[TOLERANCE] ?? null;
    const ratio = contender.ours && t !== null ? energyRatio(contender.energy, t) : null;
    return ratio === null ? [] : [{ words: `${contender.title} ${fixed(ratio, 2)} (T = ${t})`, ratio }];
  });
  const less = near.filter(({ ratio }) => ratio < 1);
  if (near.length > 1)
    findings.push(
      `Of ${near.length} contenders of ours within ${TOLERANCE} points, ${less.length} take less than their ANN${less.length > 0 ? `: ${less.map(({ words }) => words).join(', ')}` : ''}.`,
    );
  const none = `${ours.title} does not come within 1 point of its ANN by T = ${steps.at(-1)}: no energy to compare.`;
  return {
    ...{ id: 'less-energy', says: 'significantly less energy than the ANN' },
    verdict: judge(less.length, near.length),
    findings: findings.length > 0 ? findings : [none],
  };
}

/** The verdict where `holding` of `cases` hold. */
function judge(holding: number, cases: number): Verdict {
  if (cases === 0) return 'not decided';
  if (holding === cases) return 'confirmed';
  return holding > 0 ? 'partly confirmed' : 'not confirmed';
}
