/** @file What the commands of a queue share: their options, the queue and store that these name, and the endpoint for Prometheus. */
import { resolve } from 'node:path';
import { type QueueAddress, queueAddress } from '../lab/sweep/queue/address.ts';
import { type OpenQueue, openQueue } from '../lab/sweep/queue/open-queue.ts';
import { serveMetrics } from '../lab/sweep/queue/serve-metrics.ts';
import { metricsText, queueStatus } from '../lab/sweep/queue/status.ts';
import { openStore, type StoreOptions } from '../lab/sweep/stores/open-store.ts';
import type { Store } from '../lab/sweep/stores/store.ts';
import { environment } from '../platform/environment.ts';
import type { Progress } from '../progress.ts';
import { integerOrNull, type Option, text } from '../terminal/options.ts';

const STORE = 'runs/store';

export type QueueOptions = {
  readonly queue: Option<string | null>;
  readonly store: Option<string | null>;
  readonly metrics: Option<number | null>;
};

export const QUEUE_OPTIONS: QueueOptions = {
  queue: text(
    'URL',
    'redis://HOST or rediss://HOST (TLS); a password comes best from STRELU_QUEUE=redis://:PASSWORD@HOST',
  ),
  store: {
    ...text('PLACE', 'what all machines share: a folder or s3://BUCKET'),
    shown: STORE,
  },
  metrics: integerOrNull(
    '',
    'serve the state of the queue for Prometheus on this loopback port; 0: any',
    0,
    65535,
  ),
};

/** A queue that is open for one command. */
export interface CommandQueue {
  readonly queue: OpenQueue;
  close(): Promise<void>;
}

/** The configuration that a result repeats has no password in it. */
export function addressFor(given: string | null, config: Record<string, unknown>): QueueAddress {
  config.queue = null;
  const address = queueAddress(given);
  // whoever lists the processes of this machine sees their words
  if (given !== null && /@/.test(given)) process.title = 'strelu';
  config.queue = address.place;
  return address;
}

/** @param metrics the port for Prometheus */
export async function openForCommand(
  command: string,
  address: QueueAddress,
  metrics: number | null,
  progress: Progress,
): Promise<CommandQueue> {
  const queue = await openQueue(address, command, (line) => progress.note(line));
  let server: { readonly address: string; close(): void } | null = null;
  try {
    if (metrics !== null) {
      server = await serveMetrics(metrics, async () => metricsText(await queueStatus(queue)));
      progress.note(`metrics: ${server.address}`);
    }
  } catch (error) {
    await queue.close();
    throw error;
  }
  return {
    queue,
    async close() {
      server?.close();
      await queue.close();
    },
  };
}

export async function storeFor(
  given: string | null,
  config: Record<string, unknown>,
  options: StoreOptions = {},
): Promise<Store> {
  config.store = null;
  const store = await openStore(given ?? STORE, options);
  config.store = store.place;
  return store;
}

/** The environment of a job: no password of queue or store, and the data sets where they lie for this process. */
export function jobEnvironment(): Record<string, string | undefined> {
  const { STRELU_QUEUE: _, AWS_SECRET_ACCESS_KEY: __, AWS_SESSION_TOKEN: ___, ...rest } = process.env;
  return { ...rest, STRELU_DATASETS: resolve(environment('STRELU_DATASETS') || 'datasets') };
}
