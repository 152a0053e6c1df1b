/** @file What is killed: a training, a comparison, a download. Each is begun and gone on with by lines of its own, and leaves files. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ManifestDataset } from '../../src/io/manifest.ts';
import { Random } from '../../src/random/random.ts';

export interface Work {
  readonly name: string;
  /** @param begun something of it may be there already */
  command(folder: string, begun: boolean): readonly string[];
  /** What must be the same after any number of kills; null: it is not done. */
  outcome(folder: string): Promise<string | null>;
  close?(): void;
}

const SUFFIX = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const module = (path: string): string => fileURLToPath(new URL(`${path}.${SUFFIX}`, import.meta.url));
const strelu = (...words: string[]): string[] => [process.execPath, module('../../src/cli/main'), ...words];
const read = (path: string): Promise<string | null> =>
  readFile(path).then(
    (bytes) => createHash('sha256').update(bytes).digest('hex'),
    () => null,
  );

const training: Work = {
  name: 'train',
  command(folder, begun) {
    const out = join(folder, 'm.safetensors');
    const small = [
      '--model',
      'lenet',
      '--width',
      '0.5',
      '--limit',
      '256',
      '--test-limit',
      '40',
      '--epochs',
      '3',
    ];
    const words = ['--crop', '2', '--ema', '0.9', '--levels', '4', '--spike-penalty', '0.01', ...small];
    const every = ['--out', out, '--checkpoint-seconds', '0', '--quiet'];
    return begun ? strelu('train', '--resume', ...every) : strelu('train', ...words, ...every);
  },
  outcome: (folder) => read(join(folder, 'm.safetensors')),
};

const comparison: Work = {
  name: 'compare',
  command(folder) {
    const few = ['--methods', 'qcfs,strelu-half', '--width', '0.1', '--epochs', '1', '--train-limit', '192'];
    const images = ['--limit', '12', '--steps', '1,2,4', '--anatomy', '3', '--quiet'];
    const files = ['--cache', join(folder, 'cache'), '--json', join(folder, 'c.json')];
    return strelu('compare', ...few, ...images, ...files);
  },
  async outcome(folder) {
    const text = await readFile(join(folder, 'c.json'), 'utf8').catch(() => null);
    if (text === null) return null;
    const { comparison, trainings } = JSON.parse(text) as Record<string, unknown>;
    const cache = join(folder, 'cache');
    const networks = (await readdir(cache)).filter((name) => name.endsWith('.safetensors')).sort();
    const digests = await Promise.all(networks.map(async (name) => [name, await read(join(cache, name))]));
    return JSON.stringify({ comparison, trainings, digests });
  },
};

/** A file of a megabyte that comes in pieces, from a server of this process. */
async function downloading(): Promise<Work> {
  const random = Random.seeded(1);
  const whole = Uint8Array.from({ length: 2 ** 20 }, () => random.integer(256));
  const server: Server = createServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const range = { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` };
    response.writeHead(from > 0 ? 206 : 200, from > 0 ? range : {});
    let at = from;
    const more = (): void => {
      if (response.destroyed) return;
      if (at >= whole.length) return void response.end();
      response.write(whole.subarray(at, at + 16_384), () => setTimeout(more, 5));
      at += 16_384;
    };
    more();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const hex = createHash('sha256').update(whole).digest('hex');
  const dataset: ManifestDataset = {
    ...{ name: 'noise', title: 'Noise', licence: 'none', citation: 'none' },
    mirrors: [`http://127.0.0.1:${port}/`],
    files: [{ path: 'noise/data.bin', bytes: whole.length, digest: { name: 'sha256', hex } }],
  };
  return {
    name: 'datasets',
    command: (folder) => [process.execPath, module('download'), JSON.stringify(dataset), folder],
    outcome: (folder) => read(join(folder, 'noise/data.bin')),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const works = async (): Promise<readonly Work[]> => [training, comparison, await downloading()];
