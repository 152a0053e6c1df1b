/** @file Which CSV files of a folder train and which test, by their names: mnist_train.csv, fashion-mnist_test.csv, or val in place of test. */
import { InputError } from '../../errors.ts';

const CSV = /\.(csv|tsv)$/i;
/** As words of their own: latest.csv is no test file. */
const PARTS = {
  train: /(?<![a-z])train(?![a-z])/i,
  test: /(?<![a-z])test(?![a-z])/i,
  val: /(?<![a-z])val(id|idation)?(?![a-z])/i,
} as const;

/**
 * One file alone is to be split.
 * @throws InputError when there is none, or more than one for a part
 */
export function csvFiles(
  path: string,
  names: readonly string[],
): { readonly train: string | null; readonly test: string | null } {
  const found = names.filter((name) => CSV.test(name));
  if (found.length === 1 && !PARTS.test.test(found[0]!) && !PARTS.val.test(found[0]!))
    return { train: found[0]!, test: null };
  const one = (word: keyof typeof PARTS): string | null => {
    const own = found.filter((name) => PARTS[word].test(name));
    if (own.length < 2) return own[0] ?? null;
    throw new InputError(
      `${path}: expected one CSV file with ${word} in its name, found ${own.join(', ')}; name one of them instead of the folder`,
    );
  };
  const [train, test] = [one('train'), one('test') ?? one('val')];
  if (train !== test) return { train, test };
  throw new InputError(
    `${path}: expected CSV files with train and with test in their names, found ${found.join(', ') || 'none'}; name one of them instead of the folder`,
  );
}
