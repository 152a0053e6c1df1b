import { UsageError } from '../../errors.ts';

/**
 * The names of training images and labels, and of test images and labels unless there are only two.
 * @throws UsageError for another number of names, or one that is twice there
 */
export function fourNames(
  path: string,
  names: readonly string[],
): [trainImages: string, trainLabels: string, testImages?: string, testLabels?: string] {
  const fits = (names.length === 2 || names.length === 4) && names.every((name) => name !== '');
  if (fits && new Set(names).size === names.length) return names as [string, string, string?, string?];
  throw new UsageError(
    `${path}: expected the names of training images, training labels, test images, test labels (or the first two, with a split), found ${names.join(', ') || 'none'}`,
  );
}
