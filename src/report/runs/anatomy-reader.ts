/**
 * @file Reads histograms and error anatomies.
 */
import type { ErrorStatistics, Histogram } from '../../proof/anatomy/error-sums.ts';
import type { Cancellation, LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';
import { amount, count, fields, list, number, orNull, type Reader, refuse, text } from './reader.ts';

const bins = fields<Histogram>({ limit: number, bins: list(amount, 1) });

export const histogram: Reader<Histogram> = (value, place) => {
  const read = bins(value, place);
  return read.limit > 0 ? read : refuse(`${place}.limit`, 'a number above 0', read.limit);
};

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
  neurons: count,
  images: count,
  steps: count,
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
