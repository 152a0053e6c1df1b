/**
 * @file A disk without room, one that may not be written, a folder that goes while a command runs: every command that writes says so in
 * one line with status 1, what was there stays byte for byte, and no half file is left. Needs the right to mount (root); said where not.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { downloadDataset } from '../../src/io/download.ts';
import type { ManifestDataset } from '../../src/io/manifest.ts';
import { inFolder } from '../support/in-folder.ts';
import { removeFolder } from '../support/remove-folder.ts';
import { type SmallDisk, smallDisk } from '../support/small-disk.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { streluHere } from '../support/strelu-here.ts';
import { PROGRAM, strelu } from './spawn.ts';

const found = await smallDisk(256);
const disk = typeof found === 'string' ? null : found;
const skip = typeof found === 'string' && found;
const roomy = await mkdtemp(join(tmpdir(), 'strelu-roomy-'));
after(async () => {
  await disk?.unmount();
  await rm(roomy, { recursive: true });
});

const TINY = '--model lenet --width 0.25 --limit 128 --test-limit 20 --quiet'.split(' ');
const ONE = [...TINY, '--epochs', '1'];
const at = (name: string): string => join(roomy, name);
before(async () => {
  const run = async (...words: string[]): Promise<void> => {
    const { status, stderr } = await streluHere(...words);
    assert.equal(status, 0, stderr);
  };
  await run('train', ...ONE, '--out', at('m.safetensors'), '--json', at('t.json'));
  await run('convert', at('m.safetensors'), '--out', at('m.snn.safetensors'), '--quiet');
  await copyFile(new URL('../test/onnx/files/lenet-13.onnx', SOURCE_FOLDER), at('lenet.onnx'));
  const stages = [
    { name: 'train', command: 'train', options: { limit: 64, 'test-limit': 10, width: 0.25, epochs: 1 } },
  ];
  await writeFile(at('study.json'), JSON.stringify({ name: 'one', stages }));
});

/** Whose result cannot be written; in this process its lock is held on. */
let networks = 0;

/** Every command that writes, with all that it can write in a folder. */
const COMMANDS: Readonly<Record<string, (folder: string) => string[]>> = {
  train: (folder) => ['train', ...ONE, '--out', join(folder, 'new.safetensors')],
  'train --json': (folder) => [
    ...['train', ...ONE, '--out', at(`n${networks++}.safetensors`)],
    ...['--json', join(folder, 'old.json')],
  ],
  convert: (folder) => ['convert', at('m.safetensors'), '--out', join(folder, 'new.snn.safetensors')],
  'simulate --json': (folder) => [
    ...['simulate', at('m.snn.safetensors'), '--limit', '10', '--steps', '1,2'],
    ...['--json', join(folder, 'old.json')],
  ],
  'simulate --spikes': (folder) => [
    ...['simulate', at('m.snn.safetensors'), '--limit', '10', '--steps', '1,2'],
    ...['--spikes', join(folder, 'new.npz')],
  ],
  'verify --json': (folder) => [
    ...['verify', at('m.safetensors'), at('m.snn.safetensors'), '--limit', '4', '--steps', '2'],
    ...['--json', join(folder, 'old.json')],
  ],
  compare: (folder) => [
    ...'compare --methods strelu-half --width 0.1 --epochs 1 --train-limit 64 --limit 4 --steps 1'.split(' '),
    ...['--cache', join(folder, 'cache')],
  ],
  import: (folder) => ['import', at('lenet.onnx'), '--out', join(folder, 'new.safetensors')],
  export: (folder) => ['export', at('m.safetensors'), '--to', 'onnx', '--out', join(folder, 'new.onnx')],
  report: (folder) => ['report', at('t.json'), '--out', join(folder, 'old.html')],
  sweep: (folder) => ['sweep', at('study.json'), '--jobs', '1', '--dir', join(folder, 'jobs')],
};

const quiet = (words: readonly string[]): readonly string[] =>
  words.includes('--quiet') ? words : [...words, '--quiet'];

/** The disk with two results of an earlier run on it, and how it looks. */
async function laidOut({ folder, fill }: SmallDisk, free: number): Promise<string> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  for (const name of ['old.json', 'old.html']) await writeFile(join(folder, name), `before ${name}`);
  await fill(free);
  return contents(folder);
}

async function contents(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const lines = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      return `${join(parentPath, name)} ${createHash('sha256').update(bytes).digest('hex')}`;
    });
  return (await Promise.all(lines)).sort().join('\n');
}

for (const [name, words] of Object.entries(COMMANDS)) {
  test(`${name}: no room, a little room, a disk that may not be written`, { skip }, async () => {
    // pages; the result of a training fits in one
    for (const free of name === 'train --json' ? [0] : [0, 1]) {
      const before = await laidOut(disk!, free);
      const { status, stderr } = await streluHere(...quiet(words(disk!.folder)));
      const listed = name === 'sweep'; // a job that fails is a line of the study's table
      assert.equal(status, 1, `${free} pages: ${stderr}`);
      if (!listed) assert.match(stderr, /^strelu: .*no space left on the device/, `${free} pages`);
      assert.doesNotMatch(stderr, /unexpected/);
      assert.equal(await contents(disk!.folder), before, `${free} pages`);
    }
    const before = await laidOut(disk!, 8);
    disk!.change('ro');
    try {
      const { status, stderr } = await streluHere(...quiet(words(disk!.folder)));
      assert.equal(status, 1, stderr);
      assert.match(stderr, /^strelu: .*the file system is read-only/);
      assert.equal(await contents(disk!.folder), before);
    } finally {
      disk!.change('rw');
    }
  });
}

test('a training whose disk fills up keeps its checkpoint, and goes on once there is room', {
  skip,
}, async () => {
  const words = ['train', ...TINY, '--epochs', '3', '--checkpoint-seconds', '0'];
  assert.equal((await streluHere(...words, '--out', at('whole.safetensors'))).status, 0);
  await laidOut(disk!, 0);
  const { size } = await stat(at('whole.safetensors'));
  // room for one checkpoint, not for the next beside it
  await disk!.fill(Math.ceil((3.5 * size) / 4096));
  const out = join(disk!.folder, 'm.safetensors');
  const { status, stderr } = await streluHere(...words, '--out', out);
  assert.equal(status, 1);
  assert.match(stderr, /m\.checkpoint\.safetensors: cannot be written \(no space left on the device\)/);
  const left = (await readdir(disk!.folder)).filter((name) => name.startsWith('m.') || name.startsWith('.'));
  assert.deepEqual(left, ['m.checkpoint.safetensors']);
  disk!.change('size=4m');
  const resumed = await streluHere('train', '--resume', '--out', out, '--quiet');
  assert.equal(resumed.status, 0, resumed.stderr);
  assert.deepEqual(await readFile(out), await readFile(at('whole.safetensors')));
  disk!.change('size=256k');
});

test('a download that finds no room says so; what has come stays, and is not asked for again', {
  skip,
}, async () => {
  const bytes = new Uint8Array(100_000).map((_, i) => i);
  const asked: (string | undefined)[] = [];
  const server = createServer(({ headers: { range } }, response) => {
    asked.push(range);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const about = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(from > 0 ? 206 : 200, from > 0 ? about : {}).end(bytes.subarray(from));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    const digest = createHash('sha256').update(bytes).digest('hex');
    const dataset: ManifestDataset = {
      ...{ name: 'noise', title: 'Noise', licence: 'none', citation: 'none' },
      mirrors: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
      files: [{ path: 'noise/data.bin', bytes: bytes.length, digest: { name: 'sha256', hex: digest } }],
    };
    await laidOut(disk!, 10);
    await assert.rejects(downloadDataset(dataset, disk!.folder), /InputError: .*no space left on the device/);
    await rm(join(disk!.folder, 'filler'));
    await downloadDataset(dataset, disk!.folder);
    assert.deepEqual(new Uint8Array(await readFile(join(disk!.folder, 'noise/data.bin'))), bytes);
    assert.deepEqual(await readdir(join(disk!.folder, 'noise')), ['data.bin']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a folder that goes while a training runs: it is made again, and the network is there', async () => {
  await inFolder(async (path) => {
    let removed: Promise<void> | undefined;
    const out = path('runs/deep/m.safetensors');
    const { status, stderr } = await strelu(
      ['train', ...TINY.filter((word) => word !== '--quiet'), '--epochs', '4', '--out', out],
      {
        started: (_, child) => {
          child.stderr?.on('data', (text: string) => {
            if (text.includes('epoch 1/4')) removed ??= removeFolder(path('runs'));
          });
        },
      },
    );
    await removed;
    assert.ok(removed !== undefined);
    assert.equal(status, 0, stderr);
    assert.deepEqual(await readdir(path('runs/deep')), ['m.safetensors']);
  });
});

test('a working folder that is gone is said; whole paths lead on', {
  skip: 'Deno' in globalThis && 'Deno itself does not start where there is no folder',
}, async () => {
  await inFolder(async (path) => {
    for (const [model, says] of [
      ['m.safetensors', /^strelu: m\.safetensors: the working folder is gone; change to another folder/],
      [path('m.safetensors'), /^strelu: .*m\.safetensors: cannot be read \(no such file\)/],
    ] as const) {
      await mkdir(path('gone'));
      const script = 'cd "$0" && rmdir "$0" && exec "$@"';
      const words = ['-c', script, path('gone'), ...PROGRAM, 'convert', model];
      const { status, stderr } = spawnSync('bash', words, { encoding: 'utf8' });
      assert.equal(status, 1, stderr);
      assert.match(stderr, says);
    }
  });
});
