/** @file A queue on Redis: BullMQ and ioredis, optional packages that are loaded when a queue is asked for, and their connections. */
import type { Redis } from 'ioredis';
import { InputError } from '../../../errors.ts';
import { importOptional, installWords } from '../../../platform/optional-package.ts';
import type { QueueAddress } from './address.ts';

type Bullmq = typeof import('bullmq');
type Ioredis = { readonly Redis: typeof import('ioredis').Redis };
type Queue = import('bullmq').Queue;

/** What stands before every key in Redis; the braces keep them on one node of a cluster. */
const PREFIX = '{strelu}';

/** The queues: jobs of studies, and what lets the next stage begin. */
export const JOBS = 'jobs';
export const STAGES = 'stages';

export interface OpenQueue {
  /** Without secrets. */
  readonly place: string;
  readonly bullmq: Bullmq;
  readonly jobs: Queue;
  readonly stages: Queue;
  /** What BullMQ's classes take: the prefix and a connection of their own, which waits for a server that is gone for a while. */
  settings(): { readonly connection: Redis; readonly prefix: string };
  /** Closes every connection at once; what else was made of them is closed before. */
  close(): Promise<void>;
}

/** The two packages; a test may hand in others. */
interface Peers {
  bullmq(): Promise<Bullmq>;
  ioredis(): Promise<Ioredis>;
}

const INSTALLED: Peers = {
  bullmq: () => importOptional('bullmq', () => import('bullmq')),
  ioredis: () => importOptional('ioredis', () => import('ioredis')),
};

/** @throws InputError when the packages are not installed */
export function loadPeers(command: string, peers: Peers = INSTALLED): Promise<[Bullmq, Ioredis]> {
  return Promise.all([peers.bullmq(), peers.ioredis()]).catch((cause: unknown) => {
    throw new InputError(
      `a queue needs the packages bullmq and ioredis, which could not be loaded; ${installWords(command, 'bullmq', 'ioredis')}`,
      { cause },
    );
  });
}

/**
 * @param tell called with a line when the connection is lost or found again
 * @throws InputError when the packages are not there, or the server cannot be used
 */
export async function openQueue(
  address: QueueAddress,
  command: string,
  tell: (line: string) => void = () => {},
): Promise<OpenQueue> {
  const [bullmq, { Redis: Client }] = await loadPeers(command);
  const { place, tls, ...rest } = address;
  const options = { ...rest, ...(tls && { tls: {} }), maxRetriesPerRequest: null, connectTimeout: 5000 };
  const trial = new Client({ ...options, lazyConnect: true, retryStrategy: () => null });
  let reason: unknown;
  trial.on('error', (error) => {
    reason ??= error;
  });
  try {
    await trial.connect();
    await trial.ping();
  } catch (error) {
    throw refused(place, reason ?? error);
  } finally {
    trial.disconnect();
  }
  const clients: Redis[] = [];
  let away = false;
  const settings = (): { connection: Redis; prefix: string } => {
    const connection = new Client({ ...options, retryStrategy: (times) => Math.min(100 * times, 2000) });
    if (clients.length === 0) {
      connection.on('close', () => {
        if (!away) tell(`${place}: the connection is lost; it is tried again until it is there`);
        away = true;
      });
      connection.on('ready', () => {
        if (away) tell(`${place}: connected again`);
        away = false;
      });
    }
    connection.on('error', () => {}); // told by `close`
    clients.push(connection);
    return { connection, prefix: PREFIX };
  };
  const queue = (name: string): Queue => {
    const made = new bullmq.Queue(name, settings());
    made.on('error', () => {});
    return made;
  };
  const [jobs, stages] = [queue(JOBS), queue(STAGES)];
  return {
    ...{ place, bullmq, jobs, stages, settings },
    async close() {
      for (const client of clients) client.removeAllListeners('close');
      await Promise.all([jobs, stages].map((one) => one.close()));
      for (const client of clients) client.disconnect();
    },
  };
}

/** Why a server cannot be used, in one sentence; what it says of passwords does not repeat them. */
function refused(place: string, reason: unknown): InputError {
  const text =
    reason instanceof Error ? reason.message || String((reason as { code?: unknown }).code) : String(reason);
  const [, secret] = /(WRONGPASS|NOAUTH|NOPERM)/.exec(text) ?? [];
  if (secret !== undefined)
    return new InputError(
      `${place}: expected the password of the queue, found ${secret === 'NOAUTH' ? 'none' : 'one that the server refuses'}; set STRELU_QUEUE to redis://:PASSWORD@HOST`,
    );
  return new InputError(
    `${place}: cannot be reached (${text}); see that Redis runs there, that its port is open, and whether it wants rediss://`,
  );
}
