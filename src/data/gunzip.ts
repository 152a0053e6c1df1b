/**
 * @file Gzip by the web standard's DecompressionStream, which Node, Deno and browsers all have. A file is unpacked piece by piece:
 * its header is looked at before room is made for the rest, so that a small file never becomes a large one unasked.
 */
import { InputError } from '../errors.ts';

/** Deflate makes at most this many bytes of one. */
export const DEFLATE_RATIO = 1032;

/** True when the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Compressed bytes that are unpacked as they are asked for. */
export interface Unpacking {
  /** Fills `target` as far as there are bytes; how many there were. */
  fill(target: Uint8Array): Promise<number>;
  /** Ends it, whether all has been read or not. */
  close(): Promise<void>;
}

/** @throws InputError from `fill` when the gzip is cut short or damaged */
export function unpackGzip(bytes: Uint8Array<ArrayBuffer>, name: string): Unpacking {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    async fill(target) {
      let done = 0;
      while (done < target.length) {
        if (chunk.length === 0) {
          const next = await reader.read().catch((error: unknown) => {
            const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
            throw new InputError(
              `${name}: gzip is truncated or damaged after ${bytes.length} bytes (${why}); download it again`,
            );
          });
          if (next.done) return done;
          chunk = next.value;
          continue;
        }
        const part = chunk.subarray(0, target.length - done);
        target.set(part, done);
        done += part.length;
        chunk = chunk.subarray(part.length);
      }
      return done;
    },
    close: () => reader.cancel().catch(() => undefined),
  };
}
