/**
 * @file What the error anatomy of a network adds up, layer by layer, and what adds to it.
 */
import type { LayerWiring } from '../../snn/wiring.ts';
import { CancellationSums, type SummedCancellation } from './cancellation-sums.ts';
import { Correlation, type CorrelationSums } from './correlation.ts';
import { ErrorSums, noErrors, type SummedErrors } from './error-sums.ts';
import type { ErrorPart } from './layer-anatomy.ts';

/** What images have come to, as plain data; of two tallies of one network it adds up (add-sums.ts). */
export type AnatomySums = {
  images: number;
  /** Layers, over all images, whose potentials after T say something. */
  residuals: number;
  readonly layers: readonly LayerSums[];
};

/** The sums of one layer. */
export type LayerSums = {
  readonly whole: SummedErrors;
  readonly parts: Readonly<Record<ErrorPart, SummedErrors>>;
  readonly residual: SummedErrors;
  readonly correlation: CorrelationSums;
  readonly cancellation: SummedCancellation;
  /** Neuron-steps with abs(I) > theta. */
  overloads: number;
};

/** What adds to the sums of one layer. */
export interface LayerAdders {
  readonly whole: ErrorSums;
  readonly parts: Readonly<Record<ErrorPart, ErrorSums>>;
  readonly residual: ErrorSums;
  readonly correlation: Correlation;
  readonly cancellation: CancellationSums;
}

/** Error histograms reach from -4 to 4 quanta theta / T, histograms of potentials from -2 to 2 theta. */
const QUANTA = 4;
const THETAS = 2;

const ofParts = <T>(each: (part: ErrorPart) => T): Record<ErrorPart, T> => ({
  clipping: each('clipping'),
  quantisation: each('quantisation'),
  propagated: each('propagated'),
  unevenness: each('unevenness'),
});

/** The sums of no image. */
export function noImages(wiring: readonly LayerWiring[]): AnatomySums {
  const layers = wiring.slice(0, -1).map((_, l) => ({
    whole: noErrors(),
    parts: ofParts(noErrors),
    residual: noErrors(),
    correlation: new Correlation().sums,
    cancellation: new CancellationSums(wiring, l).sums,
    overloads: 0,
  }));
  return { images: 0, residuals: 0, layers };
}

/** One for each layer. They change the sums in place. */
export function addersOf(
  { layers }: AnatomySums,
  wiring: readonly LayerWiring[],
  steps: number,
): LayerAdders[] {
  const errors = (sums: SummedErrors): ErrorSums => new ErrorSums(QUANTA / steps, sums);
  return layers.map(({ whole, parts, residual, correlation, cancellation }, l) => ({
    whole: errors(whole),
    parts: ofParts((part) => errors(parts[part])),
    residual: new ErrorSums(THETAS, residual),
    correlation: new Correlation(correlation),
    cancellation: new CancellationSums(wiring, l, cancellation),
  }));
}
