/** @file How the images of a foreign network were normalised. */
import { beyondUnitScale } from '../../data/unit-scale.ts';
import { UsageError } from '../../errors.ts';
import type { Normalisation } from '../../onnx/import/normalisation.ts';
import type { Option } from '../../terminal/options.ts';

function numbers(help: string): Option<readonly number[] | null> {
  return {
    placeholder: 'X,X,...',
    choices: [],
    fallback: null,
    shown: '',
    help,
    parse: (found) => {
      const values = found.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
      if (!values.every(Number.isFinite))
        throw new UsageError(`expected numbers with commas between them, found "${found}"`);
      const beyond = beyondUnitScale(values);
      if (beyond !== null) throw new UsageError(beyond);
      return values;
    },
  };
}

export type NormalisationOptions = {
  readonly mean: Option<readonly number[] | null>;
  readonly std: Option<readonly number[] | null>;
};

export const NORMALISATION_OPTIONS: NormalisationOptions = {
  mean: numbers(
    'mean of the images that it was trained on, values from 0 to 1: one number, or one per channel',
  ),
  std: numbers('their standard deviation; the network is given (value - mean) / std'),
};

/** @throws UsageError for one without the other */
export function normalisationFrom({
  mean,
  std,
}: {
  readonly mean: readonly number[] | null;
  readonly std: readonly number[] | null;
}): Normalisation | null {
  if (!mean && !std) return null;
  if (mean && std) return { mean, deviation: std };
  throw new UsageError(
    `--${mean ? 'mean' : 'std'} would be half of it: give --mean and --std together (0 and 1: not normalised)`,
  );
}
