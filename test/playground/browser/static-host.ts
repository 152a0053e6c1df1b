/** @file A host that sends no headers but the type: as those for static files are. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

export interface Host {
  readonly address: string;
  close(): void;
}

/** Serves a folder below /some/where/, so that the page can rely on no address of its own. */
export async function hostStatically(folder: URL): Promise<Host> {
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(/^\/some\/where\//, '').split('?')[0]! || 'index.html';
    try {
      const body = await readFile(new URL(path, folder));
      response
        .writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`;
  return {
    address,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
