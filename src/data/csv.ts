/**
 * @file Images as lines of text (CSV): on each line a label and the values of its pixels from 0 to 255, row by row. Kaggle, OpenML and
 * pandas write sets of digits so.
 */
import { InputError } from '../errors.ts';
import { printablePart } from '../printable.ts';
import { byteAt, cellEnd, cellText, isBlank, lineAt, type Span, separatorOf } from './csv-line.ts';
import { isUtf16 } from './utf16.ts';

/** The lines of a CSV file with images. */
export interface CsvTable {
  /** `[images]`: as they are written, without quotes. */
  readonly labels: readonly string[];
  /** [images, values] */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Pixel values of an image. */
  readonly values: number;
  /** `[images]`: the line of the file that each is on, from 1. */
  readonly lines: readonly number[];
}

/** What the first line says of all. */
interface Layout {
  readonly separator: number;
  readonly columns: number;
  /** Where the label is, from 0. */
  readonly label: number;
  /** Whether the first line only names the columns. */
  readonly named: boolean;
  /** The number of the line that says so. */
  readonly line: number;
}

/**
 * Images from a CSV file: commas, semicolons or tabulators between the cells, quotes allowed. The first line may name the columns; the
 * label is then in the one called `label`, else in the first. Blank lines are passed over.
 * @param name the file to blame
 * @throws InputError naming line and column of what is no pixel value, of a line with more or fewer cells, of a label that is missing
 * @example
 * const table = decodeCsv(new TextEncoder().encode('label,a,b\ncat,0,255\ndog,7,9\n'), 'pets.csv');
 * table.labels; // ['cat', 'dog']
 * table.pixels; // [0, 255, 7, 9]
 */
export function decodeCsv(bytes: Uint8Array<ArrayBufferLike>, name: string): CsvTable {
  if (isUtf16(bytes))
    throw new InputError(`${name}: expected text in UTF-8, found text in UTF-16; save it as UTF-8`);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let layout: Layout | null = null;
  const labels: string[] = [];
  const lines: number[] = [];
  let pixels = new Uint8Array(0);
  for (let at = marked ? 3 : 0, line = 1; at < bytes.length; line++) {
    const span = lineAt(bytes, at);
    at = span.next;
    if (isBlank(bytes, span)) continue;
    if (!layout) {
      layout = layoutOf(bytes, span, line, name);
      if (layout.named) continue;
    }
    const values = layout.columns - 1;
    const end = (labels.length + 1) * values;
    if (end > pixels.length) pixels = grown(pixels, end, bytes.length);
    labels.push(readLine(bytes, span, layout, pixels, end - values, `${name}: line ${line}`));
    lines.push(line);
  }
  if (!layout || labels.length === 0)
    throw new InputError(
      `${name}: expected lines of a label and pixel values, found ${layout ? 'only the names of columns' : 'none'}; is it the right file?`,
    );
  const values = layout.columns - 1;
  return { labels, lines, values, pixels: pixels.slice(0, labels.length * values) };
}

/** Twice the room, but no more than a file of so many bytes can fill: a value takes two of them. */
function grown(pixels: Uint8Array, needed: number, bytes: number): Uint8Array<ArrayBuffer> {
  const most = Math.ceil((bytes + 1) / 2);
  const larger = new Uint8Array(Math.max(needed, Math.min(most, 2 * needed)));
  larger.set(pixels);
  return larger;
}

function layoutOf(bytes: Uint8Array, span: Span, line: number, name: string): Layout {
  const separator = separatorOf(bytes, span);
  const cells = cellsOf(bytes, span, separator, `${name}: line ${line}`);
  if (cells.length < 2)
    throw new InputError(
      `${name}: line ${line}: expected a label and pixel values with commas between them, found one column; is it the right file?`,
    );
  const labels = cells.flatMap((cell, i) => (cell.toLowerCase() === 'label' ? [i] : []));
  if (labels.length > 1)
    throw new InputError(
      `${name}: line ${line}: expected one column called label, found columns ${labels.map((i) => i + 1).join(' and ')}; rename the others`,
    );
  const named = labels.length === 1 || isCounted(cells) || areNames(cells, `${name}: line ${line}`);
  return { separator, columns: cells.length, label: labels[0] ?? 0, named, line };
}

/**
 * Whether the cells behind the first are words. Empty ones say nothing.
 * @throws InputError for words among numbers: one image would be lost if they were taken for names
 */
function areNames(cells: readonly string[], place: string): boolean {
  const told = cells.slice(1).filter((cell) => cell !== '');
  const word = told.find((cell) => !isNumber(cell));
  const number = told.find(isNumber);
  if (word !== undefined && number !== undefined)
    throw new InputError(
      `${place}: expected pixel values or names of columns, found both, "${printablePart(number.slice(0, 40))}" and "${printablePart(word.slice(0, 40))}"; correct it, or name the column of labels label`,
    );
  return word !== undefined;
}

/** The names that a table without any gives its columns: 0, 1, 2 and so on, after one for the labels. */
const isCounted = ([first, ...rest]: readonly string[]): boolean =>
  rest.length > 1 && !isNumber(first!) && rest.every((cell, i) => cell === String(i));

const isNumber = (text: string): boolean => text !== '' && !Number.isNaN(Number(text));

function cellsOf(bytes: Uint8Array, { from, to }: Span, separator: number, place: string): string[] {
  const cells: string[] = [];
  for (let at = from; ; ) {
    const end = cellEnd(bytes, at, to, separator);
    if (end < 0) throw notClosed(place, cells.length);
    cells.push(cellText(bytes, { from: at, to: end }));
    if (end >= to) return cells;
    at = end + 1;
  }
}

const notClosed = (place: string, column: number): InputError =>
  new InputError(
    `${place}, column ${column + 1}: a quote is opened and not closed; close it on the same line`,
  );

/** Writes the pixels of a line. @returns its label */
function readLine(
  bytes: Uint8Array,
  { from, to }: Span,
  layout: Layout,
  pixels: Uint8Array,
  into: number,
  place: string,
): string {
  const { separator, columns, label } = layout;
  let found = '';
  let next = into;
  let column = 0;
  for (let at = from; ; column++) {
    const end = cellEnd(bytes, at, to, separator);
    if (end < 0) throw notClosed(place, column);
    if (column === label) found = cellText(bytes, { from: at, to: end });
    else if (column < columns) {
      const value = byteAt(bytes, at, end);
      pixels[next++] = value >= 0 ? value : pixelOf(bytes.slice(at, end), place, column);
    }
    if (end >= to) break;
    at = end + 1;
  }
  if (column + 1 !== columns)
    throw new InputError(
      `${place}: expected ${columns} cells, as line ${layout.line} has, found ${column + 1}; give every image as many pixel values`,
    );
  if (found === '')
    throw new InputError(
      `${place}, column ${label + 1}: expected a label, found nothing; write one, or remove the line`,
    );
  return found;
}

/** Whole numbers as people write them. What a computer would take for one besides (0x1f, 1e2, +5, a blank) is a slip, or means something else. */
const PLAIN = /^\d+(\.0+)?$/;

/** A value that is written otherwise than by one to three digits alone: "12", 12.0. */
function pixelOf(cell: Uint8Array, place: string, column: number): number {
  const written = new TextDecoder().decode(cell);
  const text = /^"([^"]*)"$/.exec(written)?.[1] ?? written;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (PLAIN.test(text) && value <= 255) return value;
  const remedy =
    value > 0 && value < 1
      ? 'multiply all values by 255 and round them'
      : value >= 0 && value <= 255
        ? 'write it in plain digits, without blanks'
        : 'correct it, or name the column of labels label in the first line';
  const shown = text === '' ? 'nothing' : `"${printablePart(text.slice(0, 40))}"`;
  throw new InputError(
    `${place}, column ${column + 1}: expected a pixel value, a whole number from 0 to 255, found ${shown}; ${remedy}`,
  );
}
