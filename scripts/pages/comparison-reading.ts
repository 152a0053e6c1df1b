/** @file What a comparison says in sentences: which contenders come near their ANNs with every seed, and how far that can be trusted. */
import { fixed, percent } from '../../src/report/format.ts';
import { intervalWords } from '../../src/report/interval.ts';
import { type ContenderOverSeeds, mean, type OverSeeds } from '../../src/report/seeds/over-seeds.ts';
import { TOLERANCE } from '../../src/report/steps-needed.ts';

/** The T at which streaming contenders are held to their ANNs. */
const FEW = 8;
/** Points. */
const NEAR = 1;

/** @param over one seed or more */
export function comparisonReading({ contenders, baseline, seeds, steps, images }: OverSeeds): string {
  const reference = contenders.find(({ id }) => id === baseline)!;
  const last = steps.at(-1)!;
  const streaming = contenders.filter(({ latency }) => latency === undefined);
  const near = (t: number): ContenderOverSeeds[] =>
    streaming.filter(({ ann, accuracy }) => ann.every((own, i) => own - accuracy[t]![i]! < NEAR));
  const [early, late] = [near(FEW), near(last)];
  const best = contenders.reduce((a, b) => (mean(b.ann) > mean(a.ann) ? b : a));
  const several = seeds.length > 1;
  const every = several ? ' with every seed' : '';
  const behind = mean(best.ann) - mean(reference.accuracy[last]!);
  const counted = several
    ? `The first seed's ${percent(reference.ann[0]!)} %`
    : `${percent(reference.ann[0]!)} %`;
  return [
    `Of the ${streaming.length} that stream, ${titles(early)} ${early.length === 1 ? 'loses' : 'lose'} less than a point of their ANN at T = ${FEW}${every}; at T = ${last} ${titles(late)}.`,
    `The best ANN here is that of ${best.title}, ${percent(mean(best.ann))} %${several ? ' in the mean' : ''}; ${reference.title} is ${fixed(behind, 2)} points below it at T = ${last}.`,
    `${counted} of ${images} images has the ${intervalWords(reference.ann[0]!, images)}, and ${TOLERANCE} points are ${Math.round((Number(TOLERANCE) / 100) * images)} images: the T within ${TOLERANCE} points hangs on few.`,
  ]
    .map((sentence) => `- ${sentence}`)
    .join('\n');
}

const titles = (contenders: readonly ContenderOverSeeds[]): string =>
  contenders.length === 0 ? 'none' : contenders.map(({ title }) => title).join('; ');
