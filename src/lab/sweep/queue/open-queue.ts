/** @file A queue on Redis: BullMQ and ioredis, optional packages that are loaded when a queue is asked for, and their connections. */
import type { Redis } from 'ioredis';
import { InputError } from '../../../errors.ts';
import { importOptional, installWords } from '../../../platform/optional-package.ts';
import type { QueueAddress } from './address.ts';
import { inTime } from './in-time.ts';
import { refusedQueue } from './refused-queue.ts';

type Bullmq = typeof import('bullmq');
type Ioredis = { readonly Redis: typeof import('ioredis').Redis };
type Queue = import('bullmq').Queue;

/** What stands before every key in Redis; the braces keep them on one node of a cluster. */
const PREFIX = '{strelu}';

/** The queues: jobs of studies, and what lets the next stage begin. */
export const JOBS = 'jobs';
export const STAGES = 'stages';

/** How long a server may take to let go; one that is away is not waited for. */
export const LEAVE_MS = 3000;

export interface OpenQueue {
  /** Without secrets. */
  readonly place: string;
  readonly bullmq: Bullmq;
  readonly jobs: Queue;
  readonly stages: Queue;
  /** What BullMQ's classes take: the prefix and a connection of their own, which waits for a server that is gone for a while. */
  settings(): { readonly connection: Redis; readonly prefix: string };
  /** Closes every connection, whether the server answers or not; what else was made of them is closed before. */
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
    throw refusedQueue(address, reason ?? error);
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
    // a worker waits for jobs on another one, which has to end as well
    const duplicate = connection.duplicate.bind(connection);
    connection.duplicate = (more) => {
      const made = duplicate(more);
      clients.push(made);
      return made;
    };
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
      const closed = Promise.all([jobs, stages].map((one) => one.close().catch(() => {})));
      await inTime(LEAVE_MS, closed);
      for (const client of clients) end(client);
    },
  };
}

/** A client between two tries would leave what waits for it waiting for ever: one more try, the last, ends that. */
function end(client: Redis): void {
  client.disconnect();
  if (client.status === 'reconnecting')
    client.connect().then(
      () => client.disconnect(),
      () => {},
    );
}
