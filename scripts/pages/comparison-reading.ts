/** @file What a comparison of one seed says, in sentences: which contenders come near their ANNs, and how far that can be trusted. */
import type { Comparison, ContenderResult } from '../../src/report/comparison.ts';
import { fixed, percent } from '../../src/report/format.ts';
import { intervalWords } from '../../src/report/interval.ts';
import { TOLERANCE } from '../../src/report/steps-needed.ts';

/** The T at which streaming contenders are held to their ANNs. */
const FEW = 8;
/** Points. */
const NEAR = 1;

export function comparisonReading(comparison: Comparison): string {
  const { contenders, baseline, steps, images } = comparison;
  const reference = contenders.find(({ id }) => id === baseline)!;
  const last = steps.at(-1)!;
  const streaming = contenders.filter(({ latency }) => latency === undefined);
  const near = (t: number): ContenderResult[] =>
    streaming.filter((one) => one.annAccuracy - one.accuracy[t]! < NEAR);
  const [early, late] = [near(FEW), near(last)];
  const best = contenders.reduce((a, b) => (b.annAccuracy > a.annAccuracy ? b : a));
  return [
    `Of the ${streaming.length} that stream, ${titles(early)} ${early.length === 1 ? 'loses' : 'lose'} less than a point of their ANN at T = ${FEW}; at T = ${last} ${titles(late)}.`,
    `The best ANN here is that of ${best.title}, ${percent(best.annAccuracy)} %; ${reference.title} is ${fixed(best.annAccuracy - reference.accuracy[last]!, 2)} points below it at T = ${last}.`,
    `${percent(reference.annAccuracy)} % of ${images} images has the ${intervalWords(reference.annAccuracy, images)}, and ${TOLERANCE} points are ${Math.round((Number(TOLERANCE) / 100) * images)} images: the T within ${TOLERANCE} points hangs on few.`,
  ]
    .map((sentence) => `- ${sentence}`)
    .join('\n');
}

const titles = (contenders: readonly ContenderResult[]): string =>
  contenders.length === 0 ? 'none' : contenders.map(({ title }) => title).join('; ');
