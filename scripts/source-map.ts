/**
 * @file The mappings of a source map, read and written, so that a build can leave out what nobody asks for: the entries of a bundle
 * for every word of a line weigh several times as much as one for the line, which is what a stack trace and a breakpoint want.
 */

/** A place in what was generated, and the place in a source that it comes from; all count from 0. */
export interface Entry {
  readonly column: number;
  /** Which of the map's sources. */
  readonly source: number;
  readonly sourceLine: number;
  readonly sourceColumn: number;
}

/** What a source map has that matters here (its third version). */
export interface SourceMap {
  readonly version: number;
  readonly sources: readonly string[];
  /** The entries by line of what was generated: lines end with semicolons, entries are between commas. */
  readonly mappings: string;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The map with what `change` makes of its entries by line; without the sources' text and the names. */
export function withEntries(
  { version, sources, mappings }: SourceMap,
  change: (lines: readonly (readonly Entry[])[]) => readonly (readonly Entry[])[],
): SourceMap {
  return { version, sources, mappings: write(change(read(mappings))) };
}

/** Each number is given by its distance from the one before it; a line begins at column 0. */
function read(mappings: string): Entry[][] {
  let [source, sourceLine, sourceColumn] = [0, 0, 0];
  return mappings.split(';').map((line) => {
    const entries: Entry[] = [];
    let column = 0;
    for (const text of line === '' ? [] : line.split(',')) {
      const [across, ...away] = numbersOf(text);
      column += across!;
      if (away.length === 0) continue; // what the bundler has added comes from no source
      source += away[0]!;
      sourceLine += away[1]!;
      sourceColumn += away[2]!;
      entries.push({ column, source, sourceLine, sourceColumn });
    }
    return entries;
  });
}

function write(lines: readonly (readonly Entry[])[]): string {
  let before: Entry = { column: 0, source: 0, sourceLine: 0, sourceColumn: 0 };
  return lines
    .map((entries) => {
      before = { ...before, column: 0 };
      const texts = entries.map((entry) => {
        const distances = [
          entry.column - before.column,
          entry.source - before.source,
          entry.sourceLine - before.sourceLine,
          entry.sourceColumn - before.sourceColumn,
        ];
        before = entry;
        return distances.map(textOf).join('');
      });
      return texts.join(',');
    })
    .join(';');
}

/** Five bits to a digit, the lowest first; a sixth says that more follow; the lowest bit of all is the sign. */
function numbersOf(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of text) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

function textOf(number: number): string {
  let text = '';
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  do {
    text += DIGITS[(rest & 31) | (rest > 31 ? 32 : 0)];
    rest >>>= 5;
  } while (rest > 0);
  return text;
}
