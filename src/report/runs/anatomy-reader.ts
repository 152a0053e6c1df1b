/**
 * @file Reads histograms and error anatomies.
 */
import type { ErrorStatistics, Histogram } from '../../proof/anatomy/error-sums.ts';
import type { Cancellation, LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';
import { fields, list, number, orNull, type Reader, text } from './reader.ts';

export const histogram: Reader<Histogram> = fields<Histogram>({ limit: number, bins: list(number) });

const statistics: Reader<ErrorStatistics> = fields<ErrorStatistics>({
  mean: number,
  rms: number,
  positive: number,
  negative: number,
  touched: number,
  histogram,
});

export const anatomy: Reader<LayerAnatomy> = fields<LayerAnatomy>({
  name: text,
  neurons: number,
  images: number,
  steps: number,
  correlation: number,
  whole: statistics,
  parts: fields<LayerAnatomy['parts']>({
    clipping: statistics,
    quantisation: statistics,
    propagated: statistics,
    unevenness: statistics,
  }),
  cancellation: list(fields<Cancellation>({ into: text, survives: number, byChance: number })),
  overload: number,
  residual: orNull(fields({ mean: number, rms: number, histogram })),
});
