/** @file Where several machines keep what they share: networks, data, checkpoints, results. */
import { InputError } from '../../../errors.ts';
import { brief } from '../../../format/fields.ts';

/** Names are relative paths with '/'. */
export interface Store {
  /** The place as messages may show it: no secrets are in it. */
  readonly place: string;
  /** Whether something has that name; nothing of it is read. */
  has(name: string): Promise<boolean>;
  /** All of what has that name; null where nothing has it. */
  get(name: string): Promise<Uint8Array | null>;
  /** Whole or not at all; what had that name is replaced. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** A name that nothing has is no error. */
  remove(name: string): Promise<void>;
  /** Everything in it, in any order; what other programs keep there under names that a store does not have is left out. */
  list(): Promise<Stored[]>;
}

/** Something that a store has. */
export interface Stored {
  readonly name: string;
  readonly bytes: number;
  /** When it was put there, as `Date.now()` has it. */
  readonly time: number;
}

/** Letters that every file system and every object store takes; none begins with a dot, as files that are being written do. */
const PART = /^[\w-][\w.-]{0,199}$/;
/** Bytes of a whole name; object stores take 1,024 with their prefix. */
const LONGEST = 800;

/** @throws InputError for a name that could leave the store, or that not every store has */
export function checkName(place: string, name: string): void {
  if (isName(name)) return;
  throw new InputError(
    `${place}: expected a name of letters, digits, - _ and . between /, found ${brief(name)}; rename it`,
  );
}

/** Whether a store can have it. */
export const isName = (name: string): boolean =>
  name.length <= LONGEST && name.split('/').every((part) => PART.test(part) && !part.endsWith('.'));
