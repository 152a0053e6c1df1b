import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readTar } from '../../src/data/tar.ts';
import { Random } from '../../src/random/random.ts';
import { type Member, packTar } from './pack-tar.ts';

/** The bytes in pieces of a random size, as a network gives them. */
function streamOf(bytes: Uint8Array, seed: number): ReadableStream<Uint8Array> {
  const random = Random.seeded(seed);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = 1 + random.integer(700);
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function unpack(
  bytes: Uint8Array,
  seed = 1,
  wanted: (name: string) => boolean = () => true,
): Promise<Member[]> {
  const members: Member[] = [];
  for await (const { name, bytes: content } of readTar(streamOf(bytes, seed), 'a.tar', wanted))
    members.push({ name, bytes: content });
  return members;
}

const member = fc
  .record({
    name: fc.stringMatching(/^[a-z0-9]{1,20}(\/[a-z0-9.]{1,30}x){0,3}$/),
    size: fc.constantFrom(0, 1, 511, 512, 513, 2000),
    seed: fc.integer(),
  })
  .map(({ name, size, seed }): Member => {
    const random = Random.seeded(seed);
    return { name, bytes: Uint8Array.from({ length: size }, () => random.integer(256)) };
  });

test('members come out as they went in, in any pieces; those not wanted are passed over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(member, { maxLength: 5 }), fc.integer(), async (members, seed) => {
      const tar = packTar(members);
      assert.deepEqual(await unpack(tar, seed), members);
      const short = (name: string): boolean => name.length < 15;
      assert.deepEqual(
        await unpack(tar, seed, short),
        members.filter((one) => short(one.name)),
      );
    }),
    { numRuns: 50 },
  );
});

test('a path of more than 100 characters comes from two fields', async () => {
  const members = [{ name: `${'folder/'.repeat(15)}file`, bytes: Uint8Array.of(1, 2, 3) }];
  assert.deepEqual(await unpack(packTar(members)), members);
});

test('folders and links are no files', async () => {
  const tar = packTar([
    { name: 'folder', bytes: new Uint8Array(0), type: '5' },
    { name: 'link', bytes: new Uint8Array(0), type: '2' },
  ]);
  assert.deepEqual(await unpack(tar), []);
});

test('a name that leads out of the directory is refused', async () => {
  for (const name of ['../x', 'a/../../x', '/etc/x', '..', 'a\\..\\x']) {
    await assert.rejects(
      unpack(packTar([{ name, bytes: new Uint8Array(3) }])),
      /^InputError: a\.tar: .* leads out of/,
    );
  }
});

test('an archive cut inside a member, and a damaged header, are refused', async () => {
  const tar = packTar([{ name: 'a', bytes: new Uint8Array(1000).fill(7) }]);
  for (const length of [100, 511, 512, 513, 1024, 1511, 1512, 1530]) {
    await assert.rejects(
      unpack(tar.slice(0, length)),
      /^InputError: a\.tar: tar archive/,
      `cut at ${length}`,
    );
  }
  const damaged = tar.slice();
  damaged[3]! ^= 1;
  await assert.rejects(unpack(damaged), /^InputError: a\.tar: tar header is damaged/);
});

/** The archive with another text in the size field of its first header, and the checksum set right. */
function resized(tar: Uint8Array<ArrayBuffer>, size: string): Uint8Array<ArrayBuffer> {
  const changed = tar.slice();
  const put = (text: string, at: number): void => changed.set(new TextEncoder().encode(text), at);
  put(size, 124);
  put(' '.repeat(8), 148);
  const sum = changed.subarray(0, 512).reduce((a, b) => a + b, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return changed;
}

test('a size that is none, or more than there is, is refused, and costs no memory', async () => {
  const tar = packTar([{ name: 'a', bytes: new Uint8Array(1000) }]);
  for (const size of ['-0000000001\0', '00000000x17\0', '1.5e3\0      ', '77777777777\0'])
    await assert.rejects(unpack(resized(tar, size)), /^InputError: a\.tar: tar header is damaged/, size);
  const before = process.memoryUsage().arrayBuffers;
  await assert.rejects(
    unpack(resized(tar, '10000000000\0')),
    /^InputError: a\.tar: tar archive is truncated/,
  ); // 1 GiB
  assert.ok(process.memoryUsage().arrayBuffers - before < 2 ** 26);
});

test('a compressed archive that is damaged is refused with a message, wherever the damage is', async () => {
  const packed = new Uint8Array(gzipSync(packTar([{ name: 'a', bytes: new Uint8Array(5000).fill(7) }])));
  for (let at = 10; at < packed.length; at++) {
    const damaged = packed.slice();
    damaged[at]! ^= 255;
    const stream = new Blob([damaged]).stream().pipeThrough(new DecompressionStream('gzip'));
    const read = async (): Promise<void> => {
      for await (const _ of readTar(stream, 'a.tar.gz', () => true));
    };
    await read().catch((error: Error) => {
      assert.equal(error.name, 'InputError', String(error));
      assert.match(error.message, /^a\.tar\.gz: \S+ .*(again|unpacked)$/);
    });
  }
});
