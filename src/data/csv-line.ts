/**
 * @file One line of a CSV file: cells between separators, with blanks around them and quotes that may hold a separator. Bytes all the
 * way, as a file of sixty thousand images has fifty million cells.
 */

const [QUOTE, SPACE, TAB, CR] = [0x22, 0x20, 0x09, 0x0d];
/** Comma, semicolon, tabulator. */
const SEPARATORS = [0x2c, 0x3b, TAB];

/** Where a cell lies: from `from` up to `to`, exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The line that begins at `from`, without what ends it, and where the next one begins. */
export function lineAt(bytes: Uint8Array, from: number): Span & { readonly next: number } {
  const feed = bytes.indexOf(0x0a, from);
  const end = feed < 0 ? bytes.length : feed;
  const to = end > from && bytes[end - 1] === CR ? end - 1 : end;
  return { from, to, next: feed < 0 ? bytes.length : feed + 1 };
}

export function isBlank(bytes: Uint8Array, { from, to }: Span): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== SPACE && bytes[at] !== TAB) return false;
  return true;
}

/** What parts the cells of a line: the first of comma, semicolon and tabulator outside quotes; a comma where there is none. */
export function separatorOf(bytes: Uint8Array, { from, to }: Span): number {
  let quoted = false;
  for (let at = from; at < to; at++) {
    if (bytes[at] === QUOTE) quoted = !quoted;
    else if (!quoted && SEPARATORS.includes(bytes[at]!)) return bytes[at]!;
  }
  return SEPARATORS[0]!;
}

/** Where the cell that begins at `from` ends: at its separator, or at `to`; -1 where a quote is not closed. */
export function cellEnd(bytes: Uint8Array, from: number, to: number, separator: number): number {
  let at = from;
  while (at < to && bytes[at] === SPACE) at++;
  if (at < to && bytes[at] === QUOTE) {
    // A doubled quote closes and opens again.
    let quoted = true;
    for (at++; at < to; at++) {
      if (bytes[at] === QUOTE) quoted = !quoted;
      else if (!quoted && bytes[at] === separator) return at;
    }
    return quoted ? -1 : to;
  }
  while (at < to && bytes[at] !== separator) at++;
  return at;
}

/** The text of a cell, without quotes and without blanks around it. */
export function cellText(bytes: Uint8Array, { from, to }: Span): string {
  const text = new TextDecoder().decode(bytes.slice(from, to)).trim();
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll('""', '"').trim();
}

/** A cell of one to three digits as a number; -1: something else, or above 255. */
export function byteAt(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 1 || to - from > 3) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = 10 * value + digit;
  }
  return value > 255 ? -1 : value;
}
