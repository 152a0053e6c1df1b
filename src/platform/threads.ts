/**
 * @file The one place that knows how a thread is started: worker_threads on Node and Deno, Worker in a browser.
 * The modules are looked up at run time, so that a bundler for the browser finds nothing of Node to import.
 */

/** A running thread, as far as its owner needs to know it. */
export interface Thread {
  /** The callback is called once the thread has ended, with the error that ended it or null. */
  onExit(callback: (error: Error | null) => void): void;
  /** The callback is called with what the thread posts, a copy. */
  onMessage(callback: (message: unknown) => void): void;
  /** From now on it keeps the process alive until it ends: for an owner who waits for its messages. */
  hold(): void;
  terminate(): void;
}

/**
 * What a thread runs. A bundler finds a worker's module only where `new Worker(new URL('./name.js', import.meta.url))` is written
 * out beside it, so the owner of the module writes that line (`inBrowser`); Node and Deno take its address.
 */
export interface ThreadModule {
  /** The module's address on Node and Deno, where the source runs as it is or built. */
  readonly address: URL;
  /** Starts it in a browser. */
  readonly inBrowser: () => Worker;
}

type WorkerThreads = typeof import('node:worker_threads');

function workerThreads(): WorkerThreads | undefined {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return host.process?.getBuiltinModule?.('node:worker_threads') as WorkerThreads | undefined;
}

/**
 * Starts a module as a thread; `data` is cloned, shared memory in it stays shared. It does not keep the process alive, unless it is held.
 * @param url where the module lies instead, for those who bundle it themselves
 */
export function spawnThread(module: ThreadModule, data: unknown, url?: string | URL): Thread {
  const node = workerThreads();
  if (node) {
    const worker = new node.Worker(url === undefined ? module.address : new URL(url, module.address), {
      workerData: data,
    });
    worker.unref();
    return {
      onExit: (callback) => {
        worker.once('error', (error) => callback(error instanceof Error ? error : new Error(String(error))));
        worker.once('exit', () => callback(null));
      },
      onMessage: (callback) => void worker.on('message', callback).unref(),
      hold: () => worker.ref(),
      terminate: () => void worker.terminate(),
    };
  }
  const worker = url === undefined ? module.inBrowser() : new Worker(url, { type: 'module' });
  worker.postMessage(data);
  return {
    onExit: (callback) => worker.addEventListener('error', (event) => callback(new Error(event.message))),
    onMessage: (callback) => worker.addEventListener('message', ({ data }) => callback(data)),
    hold: () => {},
    terminate: () => worker.terminate(),
  };
}

/**
 * Within a thread: runs its work on the data that `spawnThread` was given. An error ends the thread and reaches its owner.
 * No module waits at its top level: bundlers whose workers are classic scripts could not take it.
 */
export function runThread(work: (data: unknown) => void): void {
  const node = workerThreads();
  if (node) work(node.workerData);
  else globalThis.addEventListener('message', ({ data }) => work(data), { once: true });
}

/** Within a thread: hands its owner a copy of a message. */
export function postToOwner(message: unknown): void {
  const node = workerThreads();
  if (node) node.parentPort!.postMessage(message);
  else (globalThis as unknown as Pick<Worker, 'postMessage'>).postMessage(message);
}

/** False on a browser's main thread, where Atomics.wait is forbidden. */
export function mayBlock(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}
