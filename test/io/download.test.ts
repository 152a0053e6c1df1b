import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type DownloadProgress, downloadDataset } from '../../src/io/download.ts';
import {
  type ManifestDataset,
  type ManifestFile,
  parseManifest,
  readManifest,
} from '../../src/io/manifest.ts';
import { DATASET_NAMES } from '../../src/io/open-dataset.ts';
import { temporaryName } from '../../src/io/temporary-name.ts';
import { Random } from '../../src/random/random.ts';
import { packTar } from '../data/pack-tar.ts';

const root = await mkdtemp(join(tmpdir(), 'strelu-download-'));
const random = Random.seeded(1);
const WHOLE = Uint8Array.from({ length: 200_000 }, () => random.integer(256));

/** Requests as they came: "PATH RANGE". */
const requests: string[] = [];
type Answer = (request: IncomingMessage, response: ServerResponse, from: number) => void;
const send =
  (content: Uint8Array): Answer =>
  (_, response, from) => {
    if (from >= content.length) response.writeHead(416).end();
    else if (from > 0) {
      response.writeHead(206, { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
      response.end(content.subarray(from));
    } else response.end(content);
  };
/** By first path component. */
const ANSWERS: Record<string, Answer> = {
  good: send(WHOLE),
  'no-range': (_, response) => response.end(WHOLE),
  corrupt: send(WHOLE.map((byte, i) => (i === 150_000 ? byte ^ 1 : byte))),
  short: send(WHOLE.subarray(0, 1000)),
  // never ends by itself
  long: (_, response) => {
    const more = (): void => {
      if (!response.destroyed) response.write(new Uint8Array(50_000), () => setTimeout(more, 1));
    };
    more();
  },
  missing: (_, response) => response.writeHead(404).end('no such file'),
  'wrong-range': (_, response, from) =>
    from > 0
      ? response.writeHead(206, { 'content-range': 'bytes 0-9/10' }).end(WHOLE.subarray(0, 10))
      : response.end(WHOLE),
  // 60,000 bytes, then the connection breaks
  cut: (_, response, from) => {
    const part = WHOLE.subarray(from, from + 60_000);
    const range = { 'content-range': `bytes ${from}-${WHOLE.length - 1}/${WHOLE.length}` };
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': String(WHOLE.length - from),
      ...(from > 0 ? range : {}),
    });
    response.write(part, () => setTimeout(() => response.destroy(), 30));
  },
  // the whole file, 200 bytes every 20 ms: far too slow
  trickle: (_, response, from) => {
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': String(WHOLE.length - from),
      ...(from > 0 && { 'content-range': `bytes ${from}-${WHOLE.length - 1}/${WHOLE.length}` }),
    });
    let at = from;
    const more = (): void => {
      if (response.destroyed) return;
      response.write(WHOLE.subarray(at, at + 200), () => setTimeout(more, 20));
      at += 200;
    };
    more();
  },
  silent: (_, response) => {
    response.writeHead(200, { 'content-length': String(WHOLE.length) });
    response.write(WHOLE.subarray(0, 100));
  },
};
const server = createServer((request, response) => {
  const range = request.headers.range ?? '';
  requests.push(`${request.url} ${range}`.trim());
  ANSWERS[request.url!.split('/')[1]!]!(request, response, Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0));
});
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
after(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(root, { recursive: true, force: true });
});

const entry = (path: string, bytes: Uint8Array): ManifestFile => ({
  path,
  bytes: bytes.length,
  digest: { name: 'sha256', hex: createHash('sha256').update(bytes).digest('hex') },
});
const dataset = (...mirrors: string[]): ManifestDataset => ({
  name: 'tiny',
  title: 'Tiny',
  licence: 'none',
  citation: 'none',
  mirrors: mirrors.map((mirror) => `${host}/${mirror}/`),
  files: [entry('tiny/data.bin', WHOLE)],
});
let folders = 0;
async function freshFolder(partial?: Uint8Array): Promise<{ folder: string; target: string }> {
  const folder = join(root, String(++folders));
  await mkdir(join(folder, 'tiny'), { recursive: true });
  if (partial) await writeFile(join(folder, 'tiny/data.bin.partial'), partial);
  requests.length = 0;
  return { folder, target: join(folder, 'tiny/data.bin') };
}
async function assertWhole(folder: string, target: string): Promise<void> {
  assert.ok((await readFile(target)).equals(WHOLE), 'the file differs');
  assert.deepEqual(await readdir(join(folder, 'tiny')), ['data.bin']);
}

test('a file is downloaded with its progress; what is whole is not downloaded again', async () => {
  const { folder, target } = await freshFolder();
  const seen: DownloadProgress[] = [];
  assert.deepEqual(await downloadDataset(dataset('good'), folder, { onProgress: (p) => seen.push(p) }), {
    had: 0,
    fetched: 1,
  });
  await assertWhole(folder, target);
  assert.equal(seen.at(-1)!.phase, 'done');
  const received = seen.filter((p) => p.phase === 'receive').map((p) => p.received);
  assert.deepEqual(
    received,
    received.toSorted((a, b) => a - b),
  );
  assert.equal(received.at(-1), WHOLE.length);
  assert.deepEqual(await downloadDataset(dataset('good'), folder), { had: 1, fetched: 0 });
  assert.equal(requests.length, 1);
});

test('a partial file is gone on with, where the server can', async () => {
  const { folder, target } = await freshFolder(WHOLE.subarray(0, 70_000));
  await downloadDataset(dataset('good'), folder);
  await assertWhole(folder, target);
  assert.deepEqual(requests, ['/good/data.bin bytes=70000-']);
});

test('a server without ranges, or with a wrong one, starts over', async () => {
  for (const [kind, count] of [
    ['no-range', 1],
    ['wrong-range', 2],
  ] as const) {
    const { folder, target } = await freshFolder(WHOLE.subarray(0, 70_000));
    await downloadDataset(dataset(kind), folder);
    await assertWhole(folder, target);
    assert.equal(requests.length, count);
  }
});

test('a connection that breaks is taken up again by the next mirror', async () => {
  const { folder, target } = await freshFolder();
  await downloadDataset(dataset('cut', 'good'), folder);
  await assertWhole(folder, target);
  assert.match(requests[1]!, /^\/good\/data\.bin bytes=[1-9]\d*-$/);
});

test('when every mirror breaks off, what came is kept, and the next run resumes', async () => {
  const { folder, target } = await freshFolder();
  await assert.rejects(
    downloadDataset(dataset('cut'), folder),
    /^InputError: tiny\/data\.bin: could not be downloaded .* bytes are kept, run again to resume$/,
  );
  assert.deepEqual(await readdir(join(folder, 'tiny')), ['data.bin.partial']);
  await downloadDataset(dataset('cut'), folder);
  await assertWhole(folder, target);
});

test('wrong bytes never take the name: from a mirror, or in the partial file', async () => {
  const { folder, target } = await freshFolder(WHOLE.subarray(0, 100_000).map((byte) => byte ^ 255));
  await assert.rejects(
    downloadDataset(dataset('corrupt'), folder),
    /sha256 of the 200000 bytes received is wrong/,
  );
  assert.deepEqual(await readdir(join(folder, 'tiny')), []);
  await writeFile(
    `${target}.partial`,
    WHOLE.subarray(0, 100_000).map((byte) => byte ^ 255),
  );
  await downloadDataset(dataset('corrupt', 'good'), folder);
  await assertWhole(folder, target);
});

test('a file that is there but damaged is replaced, and kept when the download fails', async () => {
  const { folder, target } = await freshFolder();
  await writeFile(target, 'damaged');
  await assert.rejects(
    downloadDataset(dataset('missing'), folder),
    /the server answered 404.*check the network/,
  );
  assert.equal(await readFile(target, 'utf8'), 'damaged');
  await downloadDataset(dataset('missing', 'good'), folder);
  await assertWhole(folder, target);
});

test('too short, too long, silent, unreachable: each is one line, and no file takes the name', async () => {
  const facts = {
    short: /ended after 1000 of 200000 bytes/,
    long: /is wrong/,
    silent: /nothing arrived for 0\.2 s/,
    trickle: /only \d+ bytes arrived in 0\.4 s/,
  };
  for (const [kind, fact] of Object.entries(facts)) {
    const { folder, target } = await freshFolder();
    await assert.rejects(
      downloadDataset(dataset(kind), folder, { stallSeconds: 0.2, leastRate: 20_000 }),
      (error: Error) => {
        assert.match(error.message, fact);
        return error.name === 'InputError' && !error.message.includes('\n');
      },
    );
    await assert.rejects(readFile(target));
  }
  const { folder } = await freshFolder();
  const nowhere = { ...dataset(), mirrors: ['http://127.0.0.1:1/'] };
  await assert.rejects(
    downloadDataset(nowhere, folder),
    /^InputError: tiny\/data\.bin: could not be downloaded \(http:\/\/127\.0\.0\.1:1\//,
  );
});

test('a folder that cannot be made is one line', async () => {
  const { folder } = await freshFolder();
  await writeFile(join(folder, 'plain'), '');
  await assert.rejects(
    downloadDataset(dataset('good'), join(folder, 'plain')),
    /^InputError: .*plain.*cannot be written/,
  );
});

test('two that want the same file at once: one downloads, the other waits and has it; what a killed one left is swept', async () => {
  const { folder, target } = await freshFolder();
  const leftover = temporaryName(target).replace(
    `.${process.pid}-`,
    `.${spawnSync(process.execPath, ['--version']).pid}-`,
  );
  await writeFile(leftover, 'half');
  const waited: string[] = [];
  const both = await Promise.all(
    [0, 1].map(() =>
      downloadDataset(dataset('cut'), folder, { onWait: (file) => waited.push(file) }).catch(String),
    ),
  );
  // each round of the mirror brings 60,000 bytes, and there are two rounds: 120,000, then the other goes on from there
  assert.equal(both.filter((one) => typeof one === 'string').length, 1, JSON.stringify(both));
  assert.deepEqual(waited, ['tiny/data.bin']);
  await assertWhole(folder, target);
  assert.ok(requests.length >= 4);
  await wait(100); // until the server has cut its last connection, which is kept for the next request
});

test('an archive is unpacked: the listed members only, each checked, the archive removed', async () => {
  const small = WHOLE.slice(0, 700);
  const tar = packTar([
    { name: 'bin/readme', bytes: small },
    { name: 'bin/a.bin', bytes: WHOLE },
    { name: 'bin/b.bin', bytes: small },
  ]);
  const packed = new Uint8Array(gzipSync(tar));
  ANSWERS.archive = send(packed);
  const set: ManifestDataset = {
    ...dataset('archive'),
    archive: {
      path: 'bin/all.tar.gz',
      bytes: packed.length,
      digest: { name: 'md5', hex: createHash('md5').update(packed).digest('hex') },
    },
    files: [entry('bin/a.bin', WHOLE), entry('bin/b.bin', small)],
  };
  const { folder } = await freshFolder();
  assert.deepEqual(await downloadDataset(set, folder), { had: 0, fetched: 2 });
  assert.deepEqual((await readdir(join(folder, 'bin'))).sort(), ['a.bin', 'b.bin']);
  assert.ok((await readFile(join(folder, 'bin/a.bin'))).equals(WHOLE));
  assert.equal(requests.length, 1);
  assert.deepEqual(await downloadDataset(set, folder), { had: 2, fetched: 0 });

  await rm(join(folder, 'bin/b.bin'));
  assert.deepEqual(await downloadDataset(set, folder), { had: 1, fetched: 1 });
  const wrong = { ...set, files: [entry('bin/a.bin', WHOLE), { ...entry('bin/b.bin', WHOLE), bytes: 700 }] };
  await assert.rejects(downloadDataset(wrong, folder), /sha256 of its member bin\/b\.bin is wrong/);
  for (const absent of [entry('bin/c.bin', small), entry('bin/a.bin', small)]) {
    const expected = new RegExp(`has no member ${absent.path} of the right size`);
    await assert.rejects(downloadDataset({ ...set, files: [absent] }, folder), expected);
  }
});

test('the manifest that comes with the program lists every downloadable set, by name, with its digests', async () => {
  const manifest = await readManifest();
  assert.deepEqual(
    manifest.map(({ name }) => name).sort(),
    DATASET_NAMES.filter((name) => name !== 'strokes').toSorted(),
  );
  for (const { mirrors, files, archive, citation } of manifest) {
    assert.ok(
      mirrors.length > 0 && mirrors.every((mirror) => /^https?:\/\/.*\/$/.test(mirror)) && citation !== '',
    );
    const stated = archive ? [archive, ...files.filter(({ digest }) => digest !== null)] : files;
    for (const { digest, bytes } of stated) {
      assert.ok(digest !== null && bytes !== null);
      assert.match(digest.hex, digest.name === 'sha256' ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{32}$/);
      assert.ok(bytes > 0);
    }
  }
});

test('a manifest with a wrong field is refused by its name', async () => {
  const path = join(root, 'manifest.json');
  await writeFile(path, '{"datasets": [{"name": "x", "title": 3}]}');
  await assert.rejects(
    readManifest(path),
    /^InputError: .*manifest\.json: datasets\[0\]: title should be a text, found 3/,
  );
});

test('paths of a manifest stay in the folder, digests are digests, no file is listed twice', () => {
  const file = { path: 'mnist/a.gz', bytes: 3, sha256: 'a'.repeat(64) };
  const of = (...files: readonly object[]) =>
    parseManifest(
      { datasets: [{ name: 'x', title: '', licence: '', citation: '', mirrors: ['https://host/'], files }] },
      'm.json',
    );
  assert.equal(of(file)[0]!.files[0]!.path, 'mnist/a.gz');
  for (const path of ['', '.', '../a', '/a', 'C:\\x', 'a\0b', 'a//b'])
    assert.throws(
      () => of({ ...file, path }),
      /^InputError: m\.json: datasets\[0\]: files\[0\]: path .* leads out/,
    );
  for (const sha256 of ['', 'none', 'A'.repeat(64), 'a'.repeat(65)])
    assert.throws(() => of({ ...file, sha256 }), /files\[0\]: sha256 should be 64 hexadecimal digits/);
  assert.throws(
    () => of({ path: 'a', bytes: 3, md5: 'a'.repeat(64) }),
    /md5 should be 32 hexadecimal digits/,
  );
  assert.throws(() => of({ ...file, md5: 'a'.repeat(32) }), /unknown field "md5"/);
  assert.throws(() => of(file, file), /two files are called mnist\/a\.gz/);
});
