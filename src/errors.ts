/**
 * @file The two kinds of error that a user can cause. Everything else is a bug and keeps its stack trace.
 *
 * A message is one line: what it is about (a layer, a file, an option of the API), what was expected, what was found, and the
 * remedy in the words of the API. Where a command line would say the remedy in other words, the error carries a code, and
 * cli/remedies.ts knows what to add.
 */
import { printablePart } from './printable.ts';

/** What an error is about, for programs. */
export type ErrorCode =
  /** A batch norm would see one value at a time. */
  | 'batch-too-small'
  /** A batch has more images than there are to train with. */
  | 'batch-too-large'
  /** A data set is in none of the directories that were looked in. */
  | 'dataset-missing'
  /** A folder of one's own has no part to test with, and no split was asked for. */
  | 'split-missing'
  /** Pictures of several sizes, and no size was given. */
  | 'sizes-differ'
  /** A number of pixel values that makes no square picture, and no size was given. */
  | 'size-missing'
  /** The shared memory of a runtime is full. */
  | 'heap-full'
  /** A layer sends nothing on any image, so that there is nothing to set a threshold by. */
  | 'layer-dead'
  /** A layer has numbers that are infinite, or sums of them would be. */
  | 'layer-overflows'
  /** A network that is only described stands where one with weights is expected. */
  | 'weights-missing'
  /** Training met a loss that is NaN or infinite. */
  | 'loss-not-finite'
  /** A result file cannot be read as one. */
  | 'result-unreadable'
  /** The settling schedule was asked of neurons that have no exact mode. */
  | 'settling-unfit'
  /** Layers were to be timed for an engine that leaves no choice. */
  | 'tune-no-choice'
  /** Layers were to be timed of a network on no grid, where what is taken would change its answers. */
  | 'tune-off-grid'
  /** A layer leaves nothing of a map. */
  | 'map-too-small'
  /** A conversion method has no thresholds for an activation of the network. */
  | 'method-unfit'
  /** A network that took long to train lies where another is to be written. */
  | 'training-kept'
  /** A trained threshold is 0. */
  | 'threshold-dead';

/** What an error carries besides its message. */
export interface UserErrorOptions extends ErrorOptions {
  /** Absent where the message says it all. */
  readonly code?: ErrorCode;
}

/** Letters; a message quotes a file or a long path, it does not repeat them. What was found and what to do stands at its end. */
const LONGEST = 1500;
const END = 750;

/** Name and password of an address; not the word that stands for one. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)(?!:PASSWORD@)[^\s/"'@]*@/gi;

/** Whatever names of a file a message has in it, it stays one line that commands no terminal, and tells no password. */
function oneLine(message: string): string {
  const safe = message.replaceAll(CREDENTIALS, '$1...@');
  const short = safe.length > LONGEST ? `${safe.slice(0, LONGEST - END)}...${safe.slice(-END)}` : safe;
  return printablePart(short);
}

/**
 * An error that a user can cause and mend.
 * @example
 * new InputError('mine: too small', { code: 'map-too-small' }) instanceof UserError; // true
 */
export abstract class UserError extends Error {
  /** null where the message says it all. */
  readonly code: ErrorCode | null;

  /** @param message one line: what it is about, expected, found, remedy */
  constructor(message: string, { code, ...options }: UserErrorOptions = {}) {
    super(oneLine(message), options);
    this.code = code ?? null;
  }
}

/**
 * Bad data, a damaged file, or a network that does not fit: the command line exits with status 1.
 * @example
 * new InputError('conv1: expected finite weights, found NaN at 3; train again').name; // 'InputError'
 */
export class InputError extends UserError {
  override readonly name = 'InputError';
}

/**
 * A function, a command or an option was used wrongly: the command line exits with status 2.
 * @example
 * new UsageError('steps: expected a whole number of at least 1, found 0').name; // 'UsageError'
 */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}
