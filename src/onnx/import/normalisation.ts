/**
 * @file How the images of an imported network are normalised: as the caller says, or the file's metadata; never guessed.
 */
import { beyondUnitScale } from '../../data/unit-scale.ts';
import { InputError } from '../../errors.ts';
import type { LearnedData } from '../../nn/learned-data.ts';
import type { ImportReport } from './report.ts';

/** Mean and deviation of value / 255, one number for all channels or one for each. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export interface FoundNormalisation {
  readonly learned?: LearnedData;
  readonly from: ImportReport['normalisation'];
}

/** Names of the entries in a file's metadata. */
const KEYS = { mean: ['mean'], deviation: ['deviation', 'std'], classes: ['classes', 'classNames'] } as const;

/** @throws InputError for numbers that do not fit the channels */
export function normalisationOf(
  given: Normalisation | null,
  metadata: ReadonlyMap<string, string>,
  channels: number,
  source: string,
): FoundNormalisation {
  const stored = fromMetadata(metadata, source);
  const found = given ?? stored;
  if (!found) return { from: 'none' };
  const row = (values: readonly number[], what: string, least: number): number[] => {
    const wide = values.length === 1 ? Array<number>(channels).fill(values[0]!) : [...values];
    const beyond = beyondUnitScale(values);
    if (beyond !== null) throw new InputError(`${source}: ${what}: ${beyond}`);
    if (wide.length === channels && wide.every((x) => Number.isFinite(x) && x > least)) return wide;
    throw new InputError(
      `${source}: expected ${what} of 1 or ${channels} numbers${least === 0 ? ' above 0' : ''}, found ${values.join(', ') || 'none'}; give one for each channel, for values from 0 to 1`,
    );
  };
  const mean = row(found.mean, 'a mean', Number.NEGATIVE_INFINITY);
  const deviation = row(found.deviation, 'a deviation', 0);
  const classNames = classesOf(metadata);
  return {
    learned: { mean, deviation, ...(classNames && { classNames }) },
    from: given ? 'given' : 'metadata',
  };
}

const entry = (metadata: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined =>
  keys.map((key) => metadata.get(key)).find((text) => text !== undefined);

function fromMetadata(metadata: ReadonlyMap<string, string>, source: string): Normalisation | null {
  const [mean, deviation] = [entry(metadata, KEYS.mean), entry(metadata, KEYS.deviation)];
  if (mean === undefined || deviation === undefined) return null;
  return { mean: numbersOf(mean, 'mean', source), deviation: numbersOf(deviation, 'deviation', source) };
}

/** '0.5', '0.5, 0.4, 0.3' or '[0.5, 0.4, 0.3]' */
function numbersOf(text: string, what: string, source: string): number[] {
  const parts = text
    .replaceAll(/[[\]()]/g, '')
    .split(/[\s,]+/)
    .filter(Boolean);
  const numbers = parts.map(Number);
  if (numbers.length > 0 && numbers.every(Number.isFinite)) return numbers;
  throw new InputError(
    `${source}: metadata ${what} "${text.slice(0, 40)}" is no list of numbers; correct it, or pass the numbers`,
  );
}

/** A JSON list of texts, or names with commas between them. */
function classesOf(metadata: ReadonlyMap<string, string>): string[] | undefined {
  const text = entry(metadata, KEYS.classes);
  if (text === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    if (Array.isArray(found) && found.every((name) => typeof name === 'string')) return found;
  } catch {
    // no JSON: names with commas between them
  }
  return text.split(',').map((name) => name.trim());
}
