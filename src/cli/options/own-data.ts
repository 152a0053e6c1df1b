/** @file How images of one's own are read: the options that every command with `--dataset` has. */
import { UsageError } from '../../errors.ts';
import {
  DATASET_NAMES,
  type DatasetSource,
  parseDatasetSource,
  SOURCE_WORDS,
} from '../../io/dataset-names.ts';
import { type DataWords, isNames, parseNumbers, parsePositive, parseSize } from '../../lab/data-words.ts';
import type { Option } from '../../terminal/options.ts';

const PLACEHOLDER = `${DATASET_NAMES.join('|')}|${SOURCE_WORDS.replaceAll(', ', '|')}`;

/** @param fallback what stands for a data set that is not given; `shown` says it in the help */
export function datasetOption<T extends DatasetSource | null>(
  fallback: T,
  shown: string,
  help: string,
): Option<DatasetSource | T> {
  return { placeholder: PLACEHOLDER, choices: [], fallback, shown, help, parse: parseDatasetSource };
}

export type DataOptions = { readonly [Word in keyof DataWords]: Option<DataWords[Word]> };

/** A text that is kept as it is, once it is known that it can be read. */
function readable(placeholder: string, help: string, read: (text: string) => unknown): Option<string | null> {
  const parse = (text: string): string => {
    read(text);
    return text;
  };
  return { placeholder, choices: [], fallback: null, shown: '', help, parse };
}

function parseShare(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share > 0 && share < 1) return share;
  throw new UsageError(`expected a share above 0 and below 1, found "${text}"`);
}

function parseChannels(text: string): 1 | 3 {
  if (text === '1' || text === '3') return Number(text) as 1 | 3;
  throw new UsageError(`expected 1 (grey) or 3 (colour), found "${text}"`);
}

export const DATA_OPTIONS: DataOptions = {
  split: {
    ...{ placeholder: 'X', choices: [], fallback: null, shown: '' },
    help: 'own images in one part: this share of every class trains, drawn by the seed; the rest tests (default: a test set as a whole, for a network that learned other images)',
    parse: parseShare,
  },
  size: readable(
    'HxW',
    'own images: bring all to this size, by the mean of areas where they shrink, bilinearly where they grow',
    parseSize,
  ),
  channels: {
    ...{ placeholder: '1|3', choices: ['1', '3'], fallback: null, shown: 'as training images have' },
    help: 'own images: grey or colour',
    parse: parseChannels,
  },
  names: readable(
    'A,B,C,D',
    'own images: arrays of an npz (x_train,y_train,x_test,y_test) or IDX files',
    (text) => {
      if (isNames(text)) return;
      throw new UsageError(`expected two or four names with commas between them, found "${text}"`);
    },
  ),
  mean: readable('X,...', "mean of value / 255 per channel, instead of the training images'", parseNumbers),
  std: readable('X,...', 'standard deviation, likewise', parsePositive),
};
