/**
 * @file Reads a tar archive as it streams by: 512-byte headers, each followed by its file's bytes, padded to 512.
 */
import { InputError, UserError } from '../errors.ts';

export interface TarEntry {
  /** A relative path without "..". */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const BLOCK = 512;
/** Bytes of a member; a longer one does not fit an array of every engine. */
const LONGEST = 2 ** 31 - 1;

/**
 * The regular files that `wanted` accepts, in the archive's order; all others are passed over.
 * @param source the archive to blame
 * @throws InputError when the archive is cut short, a header is damaged, or a name leads out of the directory
 */
export async function* readTar(
  stream: ReadableStream<Uint8Array>,
  source: string,
  wanted: (name: string, size: number) => boolean,
): AsyncGenerator<TarEntry> {
  const reader = stream.getReader();
  let chunk: Uint8Array = new Uint8Array(0);
  /** Gives `take` the next `length` bytes piece by piece. False: the stream ended before the first of them. */
  const read = async (length: number, take?: (part: Uint8Array, at: number) => void): Promise<boolean> => {
    let done = 0;
    while (done < length) {
      if (chunk.length === 0) {
        const next = await reader.read().catch((error: unknown) => refuseDamaged(error, source));
        if (next.done && done === 0) return false;
        if (next.done) throw new InputError(`${source}: tar archive is truncated; download it again`);
        chunk = next.value;
        continue;
      }
      const part = chunk.subarray(0, length - done);
      take?.(part, done);
      done += part.length;
      chunk = chunk.subarray(part.length);
    }
    return true;
  };
  try {
    const header = new Uint8Array(BLOCK);
    while ((await read(BLOCK, (part, at) => header.set(part, at))) && header.some((byte) => byte !== 0)) {
      const { name, size, regular } = parseHeader(header, source);
      const keep = regular && wanted(name, size);
      const parts: Uint8Array[] = []; // memory for what has arrived, not for what a header says
      const padding = (BLOCK - (size % BLOCK)) % BLOCK;
      if (size > 0 && !(await read(size, keep ? (part) => parts.push(part) : undefined))) {
        throw new InputError(`${source}: tar archive ends inside ${name}; download it again`);
      }
      if (padding > 0 && !(await read(padding))) {
        throw new InputError(`${source}: tar archive ends after ${name}; download it again`);
      }
      if (keep) yield { name, bytes: joined(parts, size) };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What a decompressor throws has no message of use. */
function refuseDamaged(error: unknown, source: string): never {
  if (error instanceof UserError) throw error;
  const why = error instanceof Error && error.message !== '' ? ` (${error.message.split('\n')[0]})` : '';
  throw new InputError(`${source}: archive is damaged${why}; remove it and download it again`);
}

function parseHeader(header: Uint8Array, source: string): { name: string; size: number; regular: boolean } {
  const field = (from: number, length: number): string => {
    const text = String.fromCharCode(...header.subarray(from, from + length));
    return text.slice(0, text.indexOf('\0') < 0 ? length : text.indexOf('\0'));
  };
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  const size = octal(field(124, 12));
  if (sum !== octal(field(148, 8)) || !(size <= LONGEST)) {
    throw new InputError(`${source}: tar header is damaged; download it again`);
  }
  const posix = field(257, 6) === 'ustar' && header[262] === 0; // GNU's older format has a space there, and no prefix
  const prefix = posix ? field(345, 155) : '';
  const name = (prefix === '' ? '' : `${prefix}/`) + field(0, 100);
  if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) {
    throw new InputError(
      `${source}: ${JSON.stringify(name)} leads out of the archive's directory; not unpacked`,
    );
  }
  const type = header[156]!;
  return { name, size, regular: type === 0 || type === 0x30 };
}

/** NaN for anything but digits from 0 to 7 between blanks. */
function octal(text: string): number {
  const digits = text.trim() || '0';
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}
