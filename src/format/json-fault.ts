/**
 * @file Where a text stops being JSON, and what would be right there: for whoever wrote it by hand. Read only when JSON.parse has
 * refused a text, and in one pass without recursion, whatever lies in it.
 */

/** Where in a text, and what was expected, found and helps. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly says: string;
}

/** What may come next. */
type Place = 'value' | 'first item' | 'first key' | 'key' | 'colon' | 'comma' | 'nothing';

const BLANK = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const WORD = /(?:true|false|null)(?!\w)/y;
/** What is quoted of the text: a word, or one character. */
const SHOWN = /[\w.+-]{1,40}|[\s\S]/uy;

/** The end of what the pattern finds at a place; -1: nothing. */
function endAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The end of a text in quotes; -1: there is none, it ends on another line, or it has an escape that JSON does not know. */
function textEnd(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let at = start + 1; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return -1;
    at = code === 0x5c ? endAt(ESCAPE, text, at) : at + 1;
    if (at < 0) return -1;
  }
  return -1;
}

/**
 * The first place at which a text is no JSON; null: there is none.
 * @example
 * jsonFault('[1 2]'); // { line: 1, column: 4, says: 'expected "," or "]", found "2"' }
 * jsonFault('[1, 2]'); // null
 */
export function jsonFault(text: string): JsonFault | null {
  const open: string[] = []; // the closing bracket of each list and object
  let place: Place = 'value';
  for (let at = endAt(BLANK, text, 0); ; at = endAt(BLANK, text, at)) {
    const found = text[at];
    const wrong = (): JsonFault => faultAt(text, at, place, open.at(-1));
    if (found === undefined) return place === 'nothing' ? null : wrong();
    if (place === 'nothing') return wrong();
    const closes = found === open.at(-1) && ['first item', 'first key', 'comma'].includes(place);
    if (closes) {
      open.pop();
      place = open.length === 0 ? 'nothing' : 'comma';
      at++;
    } else if (place === 'comma' || place === 'colon') {
      if (found !== (place === 'comma' ? ',' : ':')) return wrong();
      place = place === 'comma' && open.at(-1) === '}' ? 'key' : 'value';
      at++;
    } else if (place === 'key' || place === 'first key') {
      const end = textEnd(text, at);
      if (end < 0) return wrong();
      place = 'colon';
      at = end;
    } else if (found === '[' || found === '{') {
      open.push(found === '[' ? ']' : '}');
      place = found === '[' ? 'first item' : 'first key';
      at++;
    } else {
      const end = Math.max(textEnd(text, at), endAt(NUMBER, text, at), endAt(WORD, text, at));
      if (end < 0) return wrong();
      place = open.length === 0 ? 'nothing' : 'comma';
      at = end;
    }
  }
}

const EXPECTED: Readonly<Record<Place, (close: string) => string>> = {
  value: () => 'a value',
  'first item': () => 'a value or "]"',
  'first key': () => 'a key in double quotes or "}"',
  key: () => 'a key in double quotes',
  colon: () => '":"',
  comma: (close) => `"," or "${close}"`,
  nothing: () => 'the end',
};

function faultAt(text: string, at: number, place: Place, close = ''): JsonFault {
  const before = text.slice(0, at);
  SHOWN.lastIndex = at;
  const word = SHOWN.exec(text)?.[0] ?? '';
  const isValue = place === 'value' || place === 'first item';
  const isText = isValue || place === 'key' || place === 'first key';
  const remedy = remedyFor(word, { isValue, isText, behindComma: before.trimEnd().endsWith(',') });
  return {
    line: before.split('\n').length,
    column: at - before.lastIndexOf('\n'),
    says: `expected ${EXPECTED[place](close)}, found ${foundWords(word, isText)}${remedy && `; ${remedy}`}`,
  };
}

function foundWords(word: string, isText: boolean): string {
  if (word === '') return 'the end';
  if (word === '"') return isText ? 'a text that is not whole' : 'a text';
  return `"${word}"`;
}

interface Around {
  readonly isValue: boolean;
  readonly isText: boolean;
  readonly behindComma: boolean;
}

/** What helps against the usual slips; '' where what was expected says enough. */
function remedyFor(word: string, { isValue, isText, behindComma }: Around): string {
  if (word === '') return 'it may be cut off';
  if (word === '/' || word === '#') return 'JSON has no comments';
  if ((word === '}' || word === ']') && behindComma) return 'remove the comma before it';
  if (isText && word === "'") return 'quotes are double ones';
  if (isText && word === '"') return 'close the quote on the same line, and write every backslash twice';
  if (!isValue) return '';
  if (/^(true|false|null|none)$/i.test(word)) return 'JSON has true, false and null, in small letters';
  if (/^[-+]?(nan|inf|infinity)$/i.test(word)) return 'JSON has no such number';
  if (/^[-+.\d]/.test(word)) return 'write the number as 12, -0.5 or 1e-3';
  return '';
}
