import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type DatasetName, dataDirectories, openDataset } from '../../src/io/open-dataset.ts';

const root = await mkdtemp(join(tmpdir(), 'strelu-data-'));
after(() => rm(root, { recursive: true, force: true }));

const images = new Uint8Array([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40]);
const labels = new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 3, 9]);

test('gzipped and plain files are found; --data comes before STRELU_DATASETS comes before datasets', async () => {
  await mkdir(join(root, 'mnist'));
  await writeFile(join(root, 'mnist/t10k-images-idx3-ubyte.gz'), gzipSync(images));
  await writeFile(join(root, 'mnist/t10k-labels-idx1-ubyte'), labels);
  const lines: string[] = [];
  const set = await openDataset('mnist', 'test', {
    directory: root,
    limit: 1,
    log: (line) => lines.push(line),
  });
  assert.deepEqual([...set.images], [10, 20]);
  assert.deepEqual([...set.labels], [3]);
  assert.deepEqual(lines, ['mnist test: 2 images']);
  const before = process.env.STRELU_DATASETS;
  try {
    process.env.STRELU_DATASETS = '/elsewhere';
    assert.deepEqual(dataDirectories('/here'), ['/here', '/elsewhere', 'datasets']);
    process.env.STRELU_DATASETS = root;
    assert.equal((await openDataset('mnist', 'test', { directory: '/nowhere' })).count, 2);
  } finally {
    if (before === undefined) delete process.env.STRELU_DATASETS;
    else process.env.STRELU_DATASETS = before;
  }
});

test('a missing data set says where it looked, what is lacking and what to run', async () => {
  const before = process.env.STRELU_DATASETS;
  process.env.STRELU_DATASETS = '/nowhere';
  try {
    await assert.rejects(
      openDataset('fashion-mnist', 'train', { directory: root }),
      (error: Error & { code?: string }) => {
        assert.match(error.message, /^fashion-mnist: not found in .*fashion-mnist, /);
        assert.match(error.message, /download it, or name the directory/);
        assert.equal(error.code, 'dataset-missing');
        assert.ok(error.message.includes(join(root, 'fashion-mnist')) && !error.message.includes('\n'));
        return error.name === 'InputError';
      },
    );
    await mkdir(join(root, 'cifar-10-batches-bin'));
    await writeFile(join(root, 'cifar-10-batches-bin/data_batch_1.bin'), new Uint8Array(3073));
    await assert.rejects(openDataset('cifar-10', 'train', { directory: root }), /lacks data_batch_2\.bin/);
  } finally {
    if (before === undefined) delete process.env.STRELU_DATASETS;
    else process.env.STRELU_DATASETS = before;
  }
});

test('strokes are drawn: exactly the limit, by seed, marked as synthetic', async () => {
  const a = await openDataset('strokes', 'test', { limit: 30, seed: 4 });
  const b = await openDataset('strokes', 'test', { limit: 30, seed: 5 });
  assert.equal(a.count, 30);
  assert.equal(a.synthetic, true);
  assert.notDeepEqual(a.images, b.images);
});

test('an unknown name and a limit below 1 are wrong usage', async () => {
  await assert.rejects(
    openDataset('minst' as DatasetName, 'test'),
    /^UsageError: dataset: minst is unknown; there are strokes, /,
  );
  // a variant that the set does not have
  for (const name of ['strokes', 'mnist', 'fashion-mnist', 'kmnist', 'cifar-10', 'cifar-100', 'emnist'])
    await assert.rejects(
      openDataset(`${name}:other` as DatasetName, 'test', { limit: 1 }),
      new RegExp(`^UsageError: dataset: ${name}:other is unknown; there are strokes, `),
    );
  await assert.rejects(
    openDataset('strokes', 'test', { limit: 1_000_001 }),
    /^UsageError: strokes: expected a limit of at most 1000000 digits, found 1000001$/,
  );
  for (const limit of [0, -3, 1.5])
    await assert.rejects(openDataset('strokes', 'test', { limit }), /^UsageError: limit/);
});
