/**
 * @file Images from CSV files that have been read: what their labels stand for, and how large their pictures are.
 */
import { MAX_CLASSES } from '../../data/create-dataset.ts';
import type { CsvTable } from '../../data/csv.ts';
import { InputError } from '../../errors.ts';
import type { Labels } from '../../kernels/kernels.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import { printablePart } from '../../printable.ts';
import { type ArrayPart, arraySet } from './array-set.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';

/** A file and what it holds. */
export interface CsvPart {
  readonly place: string;
  readonly table: CsvTable;
}

/**
 * Labels that are whole numbers are classes as they are; others are names of classes, in the order of the names.
 * @param train alone where `test` is null: to be split, or a test set as a whole for a network that knows its classes
 * @throws InputError when pixels make no picture, or a label is no class, or a test set has names for other classes than the network
 */
export function csvSet(path: string, train: CsvPart, test: CsvPart | null, options: OwnOptions): OwnSet {
  const parts = test ? [train, test] : [train];
  const numbered = parts.every(({ table }) => table.labels.every((label) => WHOLE.test(label)));
  const classNames = numbered ? [] : (options.learned?.classNames ?? namesFor(train, test, options));
  const part = ({ place, table }: CsvPart): ArrayPart => ({
    imagesPlace: place,
    labelsPlace: place,
    images: async () => ({
      images: table.pixels,
      count: table.labels.length,
      shape: shapeOf(table.values, place, options),
    }),
    labels: async () => (numbered ? numbersOf({ place, table }) : namedOf({ place, table }, classNames)),
  });
  return arraySet({ path, train: part(train), test: test && part(test), classNames }, options);
}

const WHOLE = /^\d+(\.0+)?$/;

/** Names from the training images; a test set alone has to name as many classes as the network has. */
function namesFor(train: CsvPart, test: CsvPart | null, { split, learned }: OwnOptions): string[] {
  const names = namesOf(train);
  const classes = test === null && split === undefined ? learned?.classes : undefined;
  if (classes === undefined || classes === names.length) return names;
  throw new InputError(
    `${train.place}: expected labels of each of the ${classes} classes of the network, in the order of their names, found ${names.length}: ${shortList(names)}; write the numbers of the classes, from 0`,
  );
}

const namesOf = ({ table, place }: CsvPart): string[] => {
  const names = [...new Set(table.labels)].sort();
  if (names.length <= MAX_CLASSES) return names;
  throw new InputError(
    `${place}: expected at most ${MAX_CLASSES} classes, found ${names.length}; is the label in the first column, or in one called label?`,
  );
};

function numbersOf({ place, table }: CsvPart): Labels {
  return Uint16Array.from(table.labels, (label, i) => {
    const value = Number(label);
    if (value < MAX_CLASSES) return value;
    throw new InputError(
      `${place}: line ${table.lines[i]}: label ${label.slice(0, 40)} should be below ${MAX_CLASSES}; count classes from 0`,
    );
  });
}

function namedOf({ place, table }: CsvPart, classNames: readonly string[]): Labels {
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  return Uint16Array.from(table.labels, (name, i) => {
    const label = labelOf.get(name);
    if (label !== undefined) return label;
    throw new InputError(
      `${place}: line ${table.lines[i]}: expected one of the classes ${shortList(classNames)}, found ${printablePart(name.slice(0, 40))}; remove the line, or train with its class`,
    );
  });
}

const shortList = (names: readonly string[]): string =>
  printablePart(names.length > 8 ? `${names.slice(0, 8).join(', ')}, ...` : names.join(', '));

/**
 * Height and width that are asked for, or that were learned, where they fit the number of values; else a square. Values of a coloured
 * picture come pixel by pixel: red, green, blue.
 */
function shapeOf(values: number, place: string, { size, learned }: OwnOptions): MapShape {
  if (size)
    for (const channels of [1, 3]) if (size[0] * size[1] * channels === values) return [...size, channels];
  if (learned?.shape && mapSize(learned.shape) === values) return learned.shape;
  for (const channels of [1, 3]) {
    const side = Math.sqrt(values / channels);
    if (Number.isInteger(side)) return [side, side, channels];
  }
  const asked = size ? `${size.join('x')}` : 'a square picture (as 784 values make 28x28)';
  throw new InputError(
    `${place}: expected values of ${asked}, grey or in colour, found ${values} on a line; give a size of so many pixels, or check that the label is in the first column, or in one called label`,
    { code: 'size-missing' },
  );
}
