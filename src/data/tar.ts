/**
 * @file Reads a tar archive as it streams by: 512-byte headers, each followed by its file's bytes, padded to 512.
 */
import { InputError } from '../errors.ts';

export interface TarEntry {
  /** A relative path without "..". */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const BLOCK = 512;

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
  /** Fills `target`, or passes over `length` bytes. False: the stream ended before the first byte. */
  const read = async (length: number, target?: Uint8Array): Promise<boolean> => {
    let done = 0;
    while (done < length) {
      if (chunk.length === 0) {
        const next = await reader.read();
        if (next.done && done === 0) return false;
        if (next.done) throw new InputError(`${source}: tar archive is truncated; download it again`);
        chunk = next.value;
        continue;
      }
      const part = chunk.subarray(0, length - done);
      target?.set(part, done);
      done += part.length;
      chunk = chunk.subarray(part.length);
    }
    return true;
  };
  try {
    const header = new Uint8Array(BLOCK);
    while ((await read(BLOCK, header)) && header.some((byte) => byte !== 0)) {
      const { name, size, regular } = parseHeader(header, source);
      const keep = regular && wanted(name, size);
      const bytes = new Uint8Array(keep ? size : 0);
      const padding = (BLOCK - (size % BLOCK)) % BLOCK;
      if (size > 0 && !(await read(size, keep ? bytes : undefined))) {
        throw new InputError(`${source}: tar archive ends inside ${name}; download it again`);
      }
      if (padding > 0 && !(await read(padding))) {
        throw new InputError(`${source}: tar archive ends after ${name}; download it again`);
      }
      if (keep) yield { name, bytes };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseHeader(header: Uint8Array, source: string): { name: string; size: number; regular: boolean } {
  const field = (from: number, length: number): string => {
    const text = String.fromCharCode(...header.subarray(from, from + length));
    return text.slice(0, text.indexOf('\0') < 0 ? length : text.indexOf('\0'));
  };
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  const size = Number.parseInt(field(124, 12).trim() || '0', 8);
  if (sum !== Number.parseInt(field(148, 8).trim(), 8) || !Number.isSafeInteger(size)) {
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
