/**
 * @file JSON of unknown origin. JSON.parse silently keeps the last of two equal keys, takes any depth and any number of values,
 * and lets halves of characters through; a file format must not. One pass over the text finds all of that beforehand, in time
 * that grows with the text's length, and before anything is built from it.
 */

import { isUtf16 } from '../data/utf16.ts';
import { jsonFault } from './json-fault.ts';

/** What a text may ask for. */
export interface JsonLimits {
  /** Lists and objects in each other. Default: 100. */
  readonly depth?: number;
  /** Texts, numbers, lists and objects in all. Default: 5,000,000. */
  readonly values?: number;
  /** True: numbers have nothing but digits, as sizes and offsets have. Default: false. */
  readonly sizes?: boolean;
}

const DEPTH = 100;
const VALUES = 5_000_000;
/** Bytes; a text of more does not fit a string of every engine. */
const LONGEST = 2 ** 28;

/**
 * The value of a JSON text.
 * @param source the text, or its bytes as UTF-8
 * @param refuse is told what is wrong, as the end of a sentence, and throws
 * @example
 * parseJson('{"a": [1]}', (fact) => { throw new Error(`it ${fact}`); }); // { a: [1] }
 */
export function parseJson(
  source: string | Uint8Array<ArrayBufferLike>,
  refuse: (fact: string) => never,
  limits: JsonLimits = {},
): unknown {
  const text = typeof source === 'string' ? source : decoded(source, refuse);
  const halved = typeof source === 'string' && HALF.test(text); // bytes that are UTF-8 have none
  const fault = halved ? 'has half of a surrogate pair in a text' : faultOf(text, limits);
  if (fault !== undefined) return refuse(fault);
  try {
    return JSON.parse(text);
  } catch {
    return refuse(notJson(text));
  }
}

/** What is wrong with a text that JSON.parse does not read, and where. */
function notJson(text: string): string {
  const fault = jsonFault(text);
  return fault ? `is not JSON: line ${fault.line}, column ${fault.column}: ${fault.says}` : 'is not JSON';
}

/**
 * A value as JSON that parseJson reads: what is written is held to what is read.
 * @throws RangeError for a value that could not be read again
 */
export function writeJson(
  value: unknown,
  limits: JsonLimits = {},
  replacer?: (key: string, value: unknown) => unknown,
): string {
  const text = JSON.stringify(value, replacer);
  const fault = faultOf(text, limits);
  if (fault === undefined) return text;
  throw new RangeError(`this cannot be written as JSON that can be read again: it ${fault}`);
}

function decoded(bytes: Uint8Array<ArrayBufferLike>, refuse: (fact: string) => never): string {
  if (bytes.length > LONGEST) refuse(`has ${bytes.length} bytes, more than the ${LONGEST} that are read`);
  if (isUtf16(bytes)) refuse('is not JSON in UTF-8 but text in UTF-16; save it as UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('is not JSON: it is not UTF-8');
  }
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
const isNumeral = (code: number): boolean => (code >= 0x30 && code <= 0x39) || code === 0x2d;
const NUMBER = /[-+.0-9eE]+/y;
/** A surrogate that is not one of a pair: with the flag u, pairs are characters of their own. */
const HALF = /\p{Cs}/u;

/** What is wrong with a text, or undefined; of a text that is no JSON perhaps nothing, JSON.parse finds that. */
function faultOf(
  text: string,
  { depth = DEPTH, values = VALUES, sizes = false }: JsonLimits,
): string | undefined {
  const open: (Set<string> | null)[] = []; // the keys of each object so far; null: a list
  let count = 0;
  let keyNext = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      const end = endOfText(text, i);
      if (end < 0) return notJson(text);
      const written = text.slice(i, end + 1);
      const escapes = written.includes('\\');
      const read = escapes ? unescaped(written) : written.slice(1, -1);
      if (read === undefined) return notJson(text);
      if (escapes && HALF.test(read)) return 'has half of a surrogate pair in a text';
      const keys = open.at(-1);
      if (keyNext && keys) {
        if (keys.has(read)) return `has the key ${shortened(read)} twice`;
        keys.add(read);
      }
      keyNext = false;
      count++;
      i = end;
    } else if (code === OBJECT || code === LIST) {
      open.push(code === OBJECT ? new Set() : null);
      keyNext = code === OBJECT;
      count++;
      if (open.length > depth) return `is nested deeper than ${depth}`;
    } else if (code === OBJECT_END || code === LIST_END) {
      open.pop();
      keyNext = false;
    } else if (code === COMMA) keyNext = open.at(-1) instanceof Set;
    else if (isNumeral(code)) {
      NUMBER.lastIndex = i;
      const number = NUMBER.exec(text)![0];
      if (sizes && !/^\d+$/.test(number)) return `has the number ${shortened(number)}, which is no size`;
      count++;
      i += number.length - 1;
    }
    if (count > values) return `has more than ${values} values`;
  }
  return undefined;
}

/** The index of the quote that ends a text; -1: none does. */
function endOfText(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i++;
  }
  return -1;
}

function unescaped(written: string): string | undefined {
  try {
    return JSON.parse(written) as string;
  } catch {
    return undefined;
  }
}

const shortened = (text: string): string =>
  text.length > 40 ? `${JSON.stringify(text.slice(0, 40))}...` : JSON.stringify(text);
