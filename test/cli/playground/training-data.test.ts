/** @file Images to learn from are offered where the machine has them, and nowhere else; they are read when they are asked for. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withTrainingData } from '../../../src/cli/playground/networks.ts';
import { filesBelow, serve } from '../../../src/cli/playground/serve.ts';
import { decodeNpz } from '../../../src/data/npz.ts';
import { inFolder } from '../../support/in-folder.ts';

const big = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

test('a data set of this machine is in the list, and its images are an npz', () =>
  inFolder(async (path) => {
    await mkdir(path('page/networks'), { recursive: true });
    await mkdir(path('data/kmnist'), { recursive: true });
    await writeFile(path('page/index.html'), '');
    await writeFile(path('page/networks/index.json'), '{"networks":[{"name":"strokes"}]}');
    for (const part of ['train', 't10k']) {
      const pixels = Array.from({ length: 2 * 784 }, (_, i) => i % 251);
      const images = Uint8Array.from([0, 0, 8, 3, ...big(2), ...big(28), ...big(28), ...pixels]);
      await writeFile(path(`data/kmnist/${part}-images-idx3-ubyte`), images);
      await writeFile(
        path(`data/kmnist/${part}-labels-idx1-ubyte`),
        Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 3, 9),
      );
    }
    const served = await withTrainingData(await filesBelow(path('page')), path('data'));
    const server = await serve(served, 0);
    try {
      const { networks, datasets } = (await (await fetch(`${server.address}networks/index.json`)).json()) as {
        networks: object[];
        datasets: { name: string; file: string }[];
      };
      assert.deepEqual(networks, [{ name: 'strokes' }]);
      const found = datasets.find(({ name }) => name === 'kmnist');
      assert.deepEqual(found, { name: 'kmnist', file: 'data/kmnist.npz', train: 5000, test: 1000 });
      const response = await fetch(`${server.address}${found!.file}`);
      const npz = decodeNpz(new Uint8Array(await response.arrayBuffer()), 'kmnist.npz');
      assert.deepEqual([...npz.names].sort(), ['x_test', 'x_train', 'y_test', 'y_train']);
      assert.deepEqual((await npz.array('x_train')).shape, [2, 28, 28, 1]);
      assert.deepEqual([...((await npz.array('y_test')).data as Uint8Array)], [3, 9]);
    } finally {
      await server.close();
    }
  }));
