/**
 * @file What the pretrained networks reach, in a few rows per data set: one figure a row, and the command that measures it again.
 * Which network, way and T stand here is fixed, whatever a run gives: nothing is the best of what its test images gave. (It was fixed
 * when earlier figures on the same images were known.)
 */
import { bitsOf } from '../../src/energy/against-anns.ts';
import { againstBits } from '../../src/energy/against-bits.ts';
import { wilsonInterval } from '../../src/report/interval.ts';
import { ratesOf } from '../../src/snn/neurons/neuron.ts';
import { rest } from '../../src/snn/neurons/rest.ts';
import type { NetworkResult } from './measure.ts';

export interface HeadlineRow {
  readonly dataset: string;
  readonly what: string;
  /** null: nothing to measure it on. */
  readonly reached: number | null;
  /** Of accuracies: 95 %, in percent. */
  readonly interval?: readonly [number, number];
  /** The network that it was measured on. */
  readonly network: string;
  /** Measures it again. */
  readonly command: string;
}

/** A data set's network, and the one that stands beside it. */
interface Headline {
  readonly dataset: string;
  readonly network: string;
  readonly beside?: string;
}

const HEADLINES: readonly Headline[] = [
  { dataset: 'mnist', network: 'mnist-cnn-strelu-2' },
  { dataset: 'fashion-mnist', network: 'fashion-vgg8-strelu-2' },
  { dataset: 'cifar-10', network: 'cifar-fast-strelu-2', beside: 'cifar-vgg8-qcfs-long' },
];

/** What the headline says of spikes: rest coding, the exact mode by layers. */
const WAY = 'rest, settling';
const STEPS = 2;
/** What a neuron can say in so many steps: 0 to 2 spikes a step. */
export const BITS: number = bitsOf(ratesOf(rest), STEPS);
/** What it says of more steps than an exact mode needs. */
const STREAMED = { way: 'rest', steps: [4, 8] } as const;

/** Rows without a figure say what is missing. */
export function headlineRows(results: readonly NetworkResult[]): HeadlineRow[] {
  return HEADLINES.flatMap(({ dataset, network: name, beside }) => {
    const named = (wanted: string | undefined): NetworkResult | undefined =>
      results.find((result) => result.name === wanted);
    const network = named(name);
    const row = (what: string, reached: number | undefined, from = name): HeadlineRow => ({
      dataset,
      what,
      reached: reached ?? null,
      network: from,
      command: `npm run results -- --only ${from}`,
    });
    const accuracy = (what: string, reached: number | undefined, images = 0, from = name): HeadlineRow => ({
      ...row(`${what}, %${part(named(from), images)}`, reached, from),
      ...(reached !== undefined && { interval: wilsonInterval(reached, images) }),
    });
    const other = named(beside);
    const settled = network?.snn[WAY];
    const streamed = network?.snn[STREAMED.way];
    const skipping = network?.zeroSkipping;
    const narrow = (bits: number): number | undefined => {
      const ratio = settled?.energyRatio[STEPS];
      return ratio === undefined || !network?.macs ? undefined : againstBits(ratio, network.macs, bits);
    };
    return [
      accuracy('ANN', network?.ann.accuracy, network?.images),
      accuracy('ANN without its training grid', network?.ann.continuous, network?.images),
      ...(beside
        ? [accuracy(`ANN as ${other?.activation ?? beside}`, other?.ann.accuracy, other?.images, beside)]
        : []),
      accuracy(`SNN, ${WAY}, T = ${STEPS}`, settled?.accuracy[STEPS], settled?.images),
      ...STREAMED.steps.map((T) =>
        accuracy(`SNN, ${STREAMED.way}, streaming, T = ${T}`, streamed?.accuracy[T], streamed?.images),
      ),
      row(`energy of ${WAY}, T = ${STEPS}: SNN / dense ANN`, settled?.energyRatio[STEPS]),
      row(
        `the same / an ANN that skips its zeros${part(network, skipping?.images ?? 0)}`,
        skipping?.energyRatio,
      ),
      row('the same / a dense ANN of 8 bits', narrow(8)),
      row(`the same / a dense ANN of ${BITS}-bit activations and 8-bit weights`, narrow(BITS)),
      row(`exact mode, mismatches${part(network, network?.exact?.images ?? 0)}`, network?.exact?.mismatches),
      accuracy(
        `exact mode, its weights on a grid, T = ${STEPS}`,
        network?.exact?.accuracy,
        network?.exact?.images,
      ),
    ];
  });
}

/** Says so where not all test images were measured. */
const part = (network: NetworkResult | undefined, images: number): string =>
  network && images > 0 && images < network.images ? ` (first ${images} images)` : '';
