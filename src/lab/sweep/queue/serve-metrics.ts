/** @file The state of a queue for Prometheus, on the loopback address alone. */
import { createServer } from 'node:http';
import { InputError } from '../../../errors.ts';
import { systemReason } from '../../../io/files.ts';

const LOOPBACK = '127.0.0.1';

/**
 * Serves GET /metrics.
 * @param port 0: any that is free
 * @throws InputError when the port is taken or may not be used
 */
export async function serveMetrics(
  port: number,
  read: () => Promise<string>,
): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string): void => {
      response.writeHead(status, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    };
    if (request.method !== 'GET') return answer(405, 'GET only\n');
    if (request.url !== '/metrics') return answer(404, 'expected /metrics\n');
    read().then(
      (text) => answer(200, text),
      () => answer(503, 'the queue does not answer\n'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new InputError(`--metrics: port ${port} cannot be used (${systemReason(error)}); name another`)),
    );
    server.listen(port, LOOPBACK, resolve);
  });
  const found = server.address();
  const chosen = typeof found === 'object' && found ? found.port : port;
  return {
    address: `http://${LOOPBACK}:${chosen}/metrics`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
