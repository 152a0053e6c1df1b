/** @file What the pretrained networks reach, in a few rows per data set: one figure a row, and the command that measures it again. */
import type { NetworkResult, SpikingResult } from './measure.ts';
import { STEPS } from './simulations.ts';

export interface HeadlineRow {
  readonly dataset: string;
  readonly what: string;
  /** null: nothing to measure it on. */
  readonly reached: number | null;
  /** The network that it was measured on. */
  readonly network: string;
  /** Measures it again. */
  readonly command: string;
}

/** Points of accuracy that the energy of a network may cost against its own ANN. */
const WITHIN = 0.3;

interface Headline {
  readonly dataset: string;
  /** The T whose accuracy is in the headline. */
  readonly steps: readonly number[];
  /** True: the network with an activation that is not symmetric stands beside it. */
  readonly comparison: boolean;
}

const HEADLINES: readonly Headline[] = [
  { dataset: 'mnist', steps: [4, 8], comparison: false },
  { dataset: 'fashion-mnist', steps: [8], comparison: false },
  { dataset: 'cifar-10', steps: [2, 4, 8, 32], comparison: true },
];

/**
 * All accuracies of a data set are those of one network, the stReLU one with the best ANN. Energy is the least of all networks,
 * neurons and T, each within WITHIN points of its own ANN on the images that were measured.
 */
export function headlineRows(results: readonly NetworkResult[]): HeadlineRow[] {
  return HEADLINES.flatMap(({ dataset, steps, comparison }) => {
    const own = results.filter((result) => result.dataset === dataset);
    const symmetric = byAnn(own.filter(({ activation }) => activation === 'strelu'));
    const other = byAnn(own.filter(({ activation }) => activation === 'qcfs' || activation === 'trelu'));
    const best = symmetric[0];
    const row = (
      what: string,
      from: NetworkResult | undefined,
      reached: number | undefined,
    ): HeadlineRow => ({
      dataset,
      what,
      reached: reached ?? null,
      network: from?.name ?? '-',
      command: from ? `npm run results -- --only ${from.name}` : '-',
    });
    const energy = cheapest(symmetric);
    const cost = energy ? ` (${energy.title}, T = ${energy.T})` : '';
    return [
      row('stReLU ANN %', best, best?.ann.accuracy),
      ...(comparison ? [row('tReLU or QCFS ANN %', other[0], other[0]?.ann.accuracy)] : []),
      ...steps.map((T) =>
        row(
          `stReLU SNN, half, T = ${T}, %${part(best, best?.snn.half?.images)}`,
          best,
          best?.snn.half?.accuracy[T],
        ),
      ),
      row(`SNN energy / ANN, within ${WITHIN} points of its ANN${cost}`, energy?.network, energy?.ratio),
      row(`exact mode, mismatches${part(best, best?.exact?.images)}`, best, best?.exact?.mismatches),
    ];
  });
}

/** Says so where not all test images were measured. */
const part = (network: NetworkResult | undefined, images: number | undefined): string =>
  network && images !== undefined && images < network.images ? `, first ${images} images` : '';

const byAnn = (results: readonly NetworkResult[]): NetworkResult[] =>
  [...results].sort((a, b) => b.ann.accuracy - a.ann.accuracy);

/** Smallest T at which the SNN is within a number of points of its own ANN; null: at none. */
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
