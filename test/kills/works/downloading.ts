import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ManifestDataset } from '../../../src/io/manifest.ts';
import { Random } from '../../../src/random/random.ts';
import { digestOf, program, type Work } from '../work.ts';

/** A file of a megabyte that comes in pieces, from a server of this process. */
export async function downloading(): Promise<Work> {
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
    says: 'the file, byte by byte; what had arrived is not asked for again',
    command: (folder) => program('./download', JSON.stringify(dataset), folder),
    outcome: (folder) => digestOf(join(folder, 'noise/data.bin')),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
