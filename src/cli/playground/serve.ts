/**
 * @file A server of a few files on this machine alone. What it may serve is listed when it starts, and a request is looked up in that
 * list as it came: there is no path to walk, so no way out of the folder, however it is written. Links are not listed.
 */
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { InputError } from '../../errors.ts';
import { errorCode } from '../../io/files.ts';
import { HEADERS } from './policy.ts';

const LOOPBACK = '127.0.0.1';
/** A browser's requests have less; what is longer is answered 431. */
const MOST_HEADER_BYTES = 16_384;
/** As many fields, or more, are answered 431 too: some versions of Node count only the bytes of their values. */
const MOST_HEADER_FIELDS = 200;
/** A request that has not come whole by then is answered 408. */
const REQUEST_MS = 10_000;
/** Connections at a time; more are closed at once. */
const MOST_CONNECTIONS = 2000;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.safetensors': 'application/octet-stream',
};

/** Something that is served: a file by its path, the bytes themselves, or what makes them when they are asked for. */
export type Content =
  | { readonly path: string }
  | { readonly bytes: Uint8Array }
  | { readonly make: () => Promise<Uint8Array> };

/** What is served: addresses such as /page.js, and what lies there. */
export type Served = ReadonlyMap<string, Content>;

/** The regular files below a folder, index.html also as /. */
export async function filesBelow(folder: string): Promise<Map<string, { readonly path: string }>> {
  const served = new Map<string, { readonly path: string }>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).replaceAll('\\', '/');
    served.set(address, { path });
    if (address === '/index.html') served.set('/', { path });
  }
  return served;
}

/**
 * Serves on the loopback address.
 * @param port 0: any that is free
 * @throws InputError when the port is taken or may not be used
 */
export async function serve(
  served: Served,
  port: number,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const contentOf = createContents();
  const limits = {
    ...{ maxHeaderSize: MOST_HEADER_BYTES, headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS },
    connectionsCheckingInterval: 1000,
  };
  const server = createServer(limits, (request, response) => {
    answer(served, server, contentOf, request, response).catch(() => response.destroy());
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADER_FIELDS; // what comes after them is dropped
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portError(port, error)));
    server.listen(port, LOOPBACK, resolve);
  });
  const address = `http://${LOOPBACK}:${portOf(server)}/`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address, close };
}

async function answer(
  served: Served,
  server: Server,
  contentOf: Contents,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { ...HEADERS, ...headers, 'Content-Length': 0 }).end();
  };
  if (request.rawHeaders.length >= 2 * MOST_HEADER_FIELDS) return refuse(431);
  // A page of another name that points here (DNS rebinding) has that name in its requests.
  const port = portOf(server);
  const [host = '', ...others] = request.headersDistinct.host ?? [];
  if (others.length > 0) return refuse(400);
  if (![`${LOOPBACK}:${port}`, `localhost:${port}`].includes(host)) return refuse(421);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
  const address = (request.url ?? '').split('?')[0]!;
  const found = served.get(address);
  if (!found) return refuse(404);
  const body = await bodyOf(found, contentOf);
  if (!body) return refuse(404);
  const name = 'path' in found ? found.path : address;
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  response.writeHead(200, { ...HEADERS, 'Content-Type': type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** null where there is nothing any more. */
async function bodyOf(found: Content, contentOf: Contents): Promise<Uint8Array | null> {
  if ('bytes' in found) return found.bytes;
  return 'path' in found ? contentOf(found.path) : found.make().catch(() => null);
}

/** A file's bytes; null where it has gone, or has become a link since the server started. */
type Contents = (path: string) => Promise<Buffer | null>;

/** However many ask for a file, it is read once, and lies in memory once; where it has changed it is read again. */
function createContents(): Contents {
  const kept = new Map<string, { readonly version: string; readonly bytes: Buffer }>();
  const reading = new Map<string, Promise<Buffer | null>>();
  const read = async (path: string): Promise<Buffer | null> => {
    try {
      const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      try {
        const { ino, size, mtimeMs } = await file.stat();
        const version = `${ino} ${size} ${mtimeMs}`;
        const found = kept.get(path);
        if (found?.version === version) return found.bytes;
        const bytes = await file.readFile();
        kept.set(path, { version, bytes });
        return bytes;
      } finally {
        await file.close();
      }
    } catch {
      kept.delete(path);
      return null;
    }
  };
  return (path) => {
    const begun = reading.get(path) ?? read(path).finally(() => reading.delete(path));
    reading.set(path, begun);
    return begun;
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function portError(port: number, error: unknown): unknown {
  const code = errorCode(error);
  if (code === 'EADDRINUSE')
    return new InputError(
      `port ${port}: expected it to be free, found another program there; give another by --port, or 0 for any`,
    );
  if (code === 'EACCES')
    return new InputError(`port ${port}: may not be used by this user; give one above 1023 by --port`);
  return error;
}
