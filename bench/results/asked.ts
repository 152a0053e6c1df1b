/** @file What was asked of this project, and what its networks reach: one row a figure, reached or not. */
import type { NetworkResult, SpikingResult } from './measure.ts';
import { STEPS } from './ways.ts';

export interface AskedRow {
  readonly dataset: string;
  readonly what: string;
  /** null: none was set. */
  readonly least: number | null;
  readonly aim: number | null;
  /** null: nothing to measure it on. */
  readonly reached: number | null;
  /** The network that it was measured on. */
  readonly network: string;
  /** Measures it again. */
  readonly command: string;
}

const WITHIN = 0.3;

interface Asked {
  readonly dataset: string;
  /** The ANN, the network with which accuracies were asked for. */
  readonly ann: readonly [least: number, aim: number];
  readonly snn: Readonly<Record<number, readonly [least: number | null, aim: number]>>;
  /** The same network with an activation that is not symmetric. */
  readonly comparison?: readonly [least: number, aim: number];
}

const ASKED: readonly Asked[] = [
  { dataset: 'mnist', ann: [99.4, 99.6], snn: { 4: [99.2, 99.6], 8: [99.35, 99.6] } },
  { dataset: 'fashion-mnist', ann: [93, 94.4], snn: { 8: [92.7, 94.4] } },
  {
    dataset: 'cifar-10',
    ann: [90.5, 95.5],
    snn: { 2: [null, 91.2], 4: [88, 94], 8: [90, 95], 32: [90.4, 95.5] },
    comparison: [92, 95.5],
  },
];

/** All accuracies of a data set are those of one network, the stReLU one with the best ANN; energy is the best there is. */
export function askedRows(results: readonly NetworkResult[]): AskedRow[] {
  return ASKED.flatMap((asked) => {
    const { dataset } = asked;
    const own = results.filter((result) => result.dataset === dataset);
    const symmetric = byAnn(own.filter(({ activation }) => activation === 'strelu'));
    const other = byAnn(own.filter(({ activation }) => activation === 'qcfs' || activation === 'trelu'));
    const best = symmetric[0];
    const row = (
      what: string,
      [least, aim]: readonly [number | null, number],
      from: NetworkResult | undefined,
      reached: number | undefined,
    ): AskedRow => ({
      dataset,
      what,
      least,
      aim,
      reached: reached ?? null,
      network: from?.name ?? '-',
      command: from ? `npm run results -- --only ${from.name}` : '-',
    });
    const energy = cheapest(symmetric);
    const rows = [row('stReLU ANN %', asked.ann, best, best?.ann.accuracy)];
    if (asked.comparison)
      rows.push(row('tReLU or QCFS ANN %', asked.comparison, other[0], other[0]?.ann.accuracy));
    for (const [T, bounds] of Object.entries(asked.snn))
      rows.push(
        row(
          `stReLU SNN, half, T = ${T}, %${part(best, best?.snn.half?.images)}`,
          bounds,
          best,
          best?.snn.half?.accuracy[T],
        ),
      );
    rows.push(
      row(
        `SNN energy / ANN, within ${WITHIN} points of its ANN${energy ? ` (${energy.title}, T = ${energy.T})` : ''}`,
        [1, 0.25],
        energy?.network,
        energy?.ratio,
      ),
      row(`exact mode, mismatches${part(best, best?.exact?.images)}`, [0, 0], best, best?.exact?.mismatches),
    );
    return rows;
  });
}

/** Says so where not all test images were measured. */
const part = (network: NetworkResult | undefined, images: number | undefined): string =>
  network && images !== undefined && images < network.images ? `, first ${images} images` : '';

const byAnn = (results: readonly NetworkResult[]): NetworkResult[] =>
  [...results].sort((a, b) => b.ann.accuracy - a.ann.accuracy);

/** Smallest T at which the SNN is within so many points of its own ANN; null: at none. */
export function stepsWithin(snn: SpikingResult, ann: number, points: number): number | null {
  return STEPS.find((T) => (snn.accuracy[T] ?? 0) >= ann - points - 1e-9) ?? null;
}

function cheapest(results: readonly NetworkResult[]): {
  readonly network: NetworkResult;
  readonly title: string;
  readonly T: number;
  readonly ratio: number;
} | null {
  let found: { network: NetworkResult; title: string; T: number; ratio: number } | null = null;
  for (const network of results) {
    for (const [title, snn] of Object.entries(network.snn)) {
      const T = stepsWithin(snn, network.ann.accuracy, WITHIN);
      // On fewer images than its ANN it is not within anything.
      if (T === null || snn.images < network.images) continue;
      const ratio = snn.energyRatio[T]!;
      if (!found || ratio < found.ratio) found = { network, title, T, ratio };
    }
  }
  return found;
}
