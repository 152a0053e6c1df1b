/**
 * @file Gzip by the web standard's DecompressionStream, which Node, Deno and browsers all have.
 */
import { InputError } from '../errors.ts';

/** True when the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The unpacked bytes of a gzip file; any other file as it is. @throws InputError when the gzip is cut short or damaged */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) return bytes;
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new InputError(
      `${name}: gzip is truncated or damaged after ${bytes.length} bytes (${why}); download it again`,
    );
  }
}
