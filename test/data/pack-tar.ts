/** @file Writes small tar archives for tests. */

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Type flag; default a regular file. */
  readonly type?: string;
}

export function packTar(members: readonly Member[]): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  const put = (header: Uint8Array, at: number, text: string): void =>
    header.set(new TextEncoder().encode(text), at);
  for (const { name, bytes, type = '0' } of members) {
    const header = new Uint8Array(512);
    const cut = name.length > 100 ? name.lastIndexOf('/', 100) : -1;
    put(header, 0, name.slice(cut + 1));
    put(header, 345, name.slice(0, Math.max(0, cut)));
    put(header, 100, '0000644\0');
    put(header, 124, `${bytes.length.toString(8).padStart(11, '0')}\0`);
    put(header, 148, ' '.repeat(8));
    put(header, 156, type);
    put(header, 257, 'ustar\u000000');
    const sum = header.reduce((a, b) => a + b, 0);
    put(header, 148, `${sum.toString(8).padStart(6, '0')}\0 `);
    blocks.push(header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512));
  }
  blocks.push(new Uint8Array(1024));
  const out = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    out.set(block, at);
    at += block.length;
  }
  return out;
}
