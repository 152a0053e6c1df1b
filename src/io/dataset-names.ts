/** @file What a data set is called: one of the known names, or a place on the disk. */
import type { EmnistDivision } from '../data/emnist.ts';
import { UsageError } from '../errors.ts';
import { nearNames, suggestion } from '../near.ts';

/** The data sets that can be opened by name. */
export type DatasetName =
  | 'strokes'
  | 'mnist'
  | 'fashion-mnist'
  | 'cifar-10'
  | 'cifar-100'
  | 'kmnist'
  | 'emnist';

/** The same images with other labels, or another division of them. `cifar-100` is the fine one, `emnist` the balanced one. */
export type DatasetVariant = 'cifar-100:fine' | 'cifar-100:coarse' | `emnist:${EmnistDivision}`;

/**
 * One's own images. `folder:DIR`: class folders of PNG and JPEG, in DIR/train and DIR/test, or in DIR itself with a split.
 * `idx:DIR`: IDX files as MNIST's. `npz:FILE`: arrays x_train, y_train, x_test, y_test. `csv:FILE`: a label and pixel values on each line.
 */
export type OwnSource = `folder:${string}` | `idx:${string}` | `npz:${string}` | `csv:${string}`;

/** Everything that names a data set. */
export type DatasetSource = DatasetName | DatasetVariant | OwnSource;

/**
 * All names of data sets.
 * @example
 * DATASET_NAMES.includes('mnist'); // true
 */
export const DATASET_NAMES: readonly DatasetName[] = [
  'strokes',
  'mnist',
  'fashion-mnist',
  'cifar-10',
  'cifar-100',
  'kmnist',
  'emnist',
];

/** All names with what may follow them. */
export const DATASET_VARIANTS: readonly DatasetVariant[] = [
  'cifar-100:fine',
  'cifar-100:coarse',
  'emnist:balanced',
  'emnist:byclass',
  'emnist:bymerge',
  'emnist:digits',
  'emnist:letters',
  'emnist:mnist',
];

/** The kinds of one's own data. */
export const OWN_KINDS = ['folder', 'idx', 'npz', 'csv'] as const;

/** How help and errors list what may be named. */
export const SOURCE_WORDS = 'folder:DIR, idx:DIR, npz:FILE, csv:FILE';

/** Kind and place of one's own data; null for a data set with a name. */
export function ownSource(
  source: string,
): { readonly kind: (typeof OWN_KINDS)[number]; readonly path: string } | null {
  const kind = OWN_KINDS.find((one) => source.startsWith(`${one}:`));
  return kind ? { kind, path: source.slice(kind.length + 1) } : null;
}

/** True for a text that names a data set. */
export function isDatasetSource(text: string): text is DatasetSource {
  const names: readonly string[] = [...DATASET_NAMES, ...DATASET_VARIANTS];
  return names.includes(text) || (ownSource(text)?.path ?? '') !== '';
}

/** @throws UsageError for what names no data set, with the near ones */
export function parseDatasetSource(text: string): DatasetSource {
  if (isDatasetSource(text)) return text;
  if (ownSource(text))
    throw new UsageError(`"${text}" needs a place after the colon: one of ${SOURCE_WORDS}`);
  const [family = ''] = text.split(':', 1);
  const variants = DATASET_VARIANTS.filter((name) => name.startsWith(`${family}:`));
  const near = nearNames(text, [...DATASET_NAMES, ...variants]);
  const hint =
    near.length > 0 || !text.includes(':')
      ? suggestion(text, variants.length > 0 ? variants : DATASET_NAMES)
      : `a data set of your own is ${SOURCE_WORDS}`;
  throw new UsageError(
    `unknown value "${text}"; ${hint} (values: ${DATASET_NAMES.join(', ')}, ${SOURCE_WORDS})`,
  );
}
