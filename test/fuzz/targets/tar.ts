import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readTar } from '../../../src/data/tar.ts';
import { packTar } from '../../data/pack-tar.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { type FuzzTarget, target } from '../target.ts';

const members = [
  { name: 'cifar/a.bin', bytes: new Uint8Array(700).fill(7) },
  { name: 'cifar', bytes: new Uint8Array(0), type: '5' },
  { name: 'link', bytes: new Uint8Array(0), type: '2' },
  { name: `${'folder/'.repeat(15)}b`, bytes: Uint8Array.of(1, 2, 3) },
];
const SAMPLE = packTar(members);

async function read(stream: ReadableStream<Uint8Array>): Promise<void> {
  for await (const { name } of readTar(stream, 'x.tar', () => true))
    assert.ok(posix.resolve('/data', name).startsWith('/data'), name);
}

/** Checksums set right in half of them, so that what follows is read. */
function summed(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (let at = 0; at + 512 <= bytes.length; at += 512) {
    if (bytes[at + 257] !== 0x75) continue;
    const header = bytes.subarray(at, at + 512);
    header.fill(0x20, 148, 156);
    const sum = header.reduce((a, b) => a + b, 0);
    header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  }
  return bytes;
}

export const tar: FuzzTarget = target({
  name: 'tar',
  says: 'a tar archive: no member leaves the folder',
  inputs: nearlyBytes(SAMPLE).map((bytes) => (bytes.length % 2 === 0 ? summed(bytes.slice()) : bytes)),
  read: (bytes: Uint8Array<ArrayBuffer>) => read(new Blob([bytes]).stream()),
});

export const tarGzip: FuzzTarget = target({
  name: 'tar.gz',
  says: 'a tar archive, compressed',
  weight: 0.5,
  inputs: nearlyBytes(new Uint8Array(gzipSync(SAMPLE))),
  read: (bytes: Uint8Array<ArrayBuffer>) =>
    read(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))),
});
