/**
 * @file What a command of ours left in a file: a network, the checkpoint of an unfinished run, a result; and what other programs exchange
 * (format/exchange-file.ts). None takes the place of another.
 * Only the beginning of a file is looked at.
 */
import { EXCHANGE_WORDS, type ExchangeKind, exchangeKind } from '../format/exchange-file.ts';
import { CHECKPOINT_FORMAT, MODEL_FORMAT, SNN_FORMAT, TUNING_FORMAT } from '../format/format-names.ts';
import { readBeginning } from './read-beginning.ts';

/** What commands make, with the words that messages have for it. */
const NETWORK_WORDS = {
  'trained network': 'a trained network',
  'imported network': 'an imported network',
  'spiking network': 'a spiking network',
  'imported spiking network': 'an imported spiking network',
  checkpoint: 'a checkpoint',
  study: 'the table of a study',
  'tuning table': 'a tuning table',
} as const;

/** A network, a checkpoint, the table of a study or of tuning, a file for other programs, or the result of a command that it names. */
export type ProductKind = keyof typeof NETWORK_WORDS | ExchangeKind | `result of ${string}`;

export interface Product {
  readonly kind: ProductKind;
  /** 'a trained network', 'the result of sweep' */
  readonly words: string;
  /** Of a network: what made it. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** Headers of files of ours are far shorter. */
const LONGEST_HEADER = 2 ** 24;
/** As long as the beginning of a result, or of a table. */
const BEGINNING = 128;
/** The first keys of every result (`resultText`). */
const RESULT = /^\{\s*"command":\s*"([a-z-]{1,40})",\s*"version":/;
/** The first key of every tuning table (`writeTuning`). */
const TUNING = new RegExp(`^\\{\\s*"format":\\s*"${TUNING_FORMAT}"`);
/** The first cells of every table of a study (`studyCsv`). */
const STUDY = 'stage,job,state,seconds,error';

/** Null for a file that holds nothing of the kind, that is damaged, or that does not exist. */
export function productIn(path: string): Product | null {
  const begin = readBeginning(path, BEGINNING);
  if (begin === null || begin.length < 8) return null;
  const text = new TextDecoder().decode(begin);
  const command = RESULT.exec(text)?.[1];
  if (command !== undefined)
    return { kind: `result of ${command}`, words: `the result of ${command}`, provenance: {} };
  if (text.startsWith(STUDY)) return product('study');
  if (TUNING.test(text)) return product('tuning table');
  const exchange = exchangeKind(begin);
  if (exchange !== null) return product(exchange);
  const header = readHeader(path, begin);
  if (header === null) return null;
  const metadata = parse(header.__metadata__) ?? {};
  const provenance = parse(metadata.provenance) ?? {};
  switch (metadata.format) {
    case CHECKPOINT_FORMAT:
      return product('checkpoint');
    case MODEL_FORMAT: // what was converted from another framework in seconds has no epochs
      return product(
        typeof provenance.epochs === 'number' ? 'trained network' : 'imported network',
        provenance,
      );
    case SNN_FORMAT: // what was converted here has a method
      return product(
        typeof provenance.method === 'string' ? 'spiking network' : 'imported spiking network',
        provenance,
      );
  }
  return Object.values(header).some(isTensor) ? product('weights') : null;
}

/** An entry of a safetensors header. */
const isTensor = (entry: unknown): boolean =>
  typeof entry === 'object' && entry !== null && 'dtype' in entry && 'data_offsets' in entry;

const product = (
  kind: keyof typeof NETWORK_WORDS | ExchangeKind,
  provenance: Product['provenance'] = {},
): Product => ({
  kind,
  words: { ...NETWORK_WORDS, ...EXCHANGE_WORDS }[kind],
  provenance,
});

/** The header of a safetensors file. */
function readHeader(path: string, begin: Uint8Array<ArrayBuffer>): Record<string, unknown> | null {
  const stated = Number(new DataView(begin.buffer).getBigUint64(0, true));
  if (stated > LONGEST_HEADER) return null;
  const header = readBeginning(path, stated, 8);
  if (header === null || header.length < stated) return null;
  return parse(new TextDecoder().decode(header));
}

function parse(value: unknown): Record<string, unknown> | null {
  try {
    const found: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
