/** @file A Redis of one's own for a test: Debian's redis-server on a free loopback port, with its files in a folder of the test. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { endWith } from './end-with.ts';

/** Why a test that needs it is skipped, by name; false: it is there. */
export const NO_REDIS: string | false =
  spawnSync('redis-server', ['--version']).status === 0
    ? false
    : 'redis-server is not installed (apt-get install redis-server)';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Of the server that runs now. */
  pid(): number;
  stop(): Promise<void>;
  /** Stopped, and begun again with the files it left. */
  restart(): Promise<void>;
  /** Forgets everything. */
  empty(): Promise<void>;
  /** Bytes that it has taken. */
  usedMemory(): Promise<number>;
}

/** @param words more of its options */
export async function startRedis(folder: string, words: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  const begin = async (): Promise<ChildProcess> => {
    const all = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...words];
    const child = spawn('redis-server', all, { stdio: ['ignore', 'pipe', 'inherit'] });
    endWith(child);
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    for (let tries = 0; !said.includes('Ready to accept connections'); tries++) {
      if (tries > 1000 || child.exitCode !== null) throw new Error(`redis-server did not begin: ${said}`);
      await pause(10);
    }
    return child;
  };
  let child = await begin();
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const ask = async <T>(what: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis({ port, host: '127.0.0.1' });
    try {
      return await what(client);
    } finally {
      client.disconnect();
    }
  };
  return {
    ...{ port, url: `redis://127.0.0.1:${port}`, stop },
    pid: () => child.pid!,
    async restart() {
      await stop();
      child = await begin();
    },
    async empty() {
      await ask((client) => client.flushall());
    },
    usedMemory: () =>
      ask(async (client) => Number(/used_memory:(\d+)/.exec(await client.info('memory'))![1])),
  };
}

/** A port of the loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
