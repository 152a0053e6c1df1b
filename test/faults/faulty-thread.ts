/**
 * @file Stands for any thread of strelu, and runs its module, but for one piece of work: a call of a kernel, or of Atomics where the
 * thread has no kernels. There it throws, traps in WebAssembly, hangs, loops for ever, or ends.
 */
import process from 'node:process';
import { workerData } from 'node:worker_threads';
import { clock, type Fault, type Plan } from './plan.ts';

const { fault, at, module, happened, begun } = (workerData as { readonly plan: Plan }).plan;

/** (module (func (export "f") unreachable)) */
const UNREACHABLE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11],
);
const { wait, notify, exchange } = Atomics;

/** The thread is up. */
function announce(): void {
  const word = new Int32Array(begun);
  exchange(word, 0, 1);
  notify(word, 0);
}

const WAYS: Readonly<Record<Fault, () => void>> = {
  throws() {
    throw new Error('a fault of the test');
  },
  traps() {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(UNREACHABLE));
    (exports.f as () => void)();
  },
  hangs: () => void wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  loops() {
    for (;;);
  },
  ends: () => process.exit(3),
};

let pieces = 0;
function work(): void {
  if (pieces === 0) announce();
  if (pieces++ !== at) return;
  new Float64Array(happened)[0] = clock();
  WAYS[fault]();
}

if (/lane\.[jt]s$/.test(module)) {
  // The kernels of a lane: every entry of every module.
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(Instance, making: ConstructorParameters<typeof WebAssembly.Instance>) {
      const { exports } = new Instance(...making);
      const entries = Object.entries(exports).map(([name, entry]) => [
        name,
        (...args: number[]) => {
          work();
          return (entry as (...args: number[]) => unknown)(...args);
        },
      ]);
      return { exports: Object.fromEntries(entries) };
    },
  });
} else {
  const { add, store } = Atomics;
  Object.assign(Atomics, {
    add: (...args: Parameters<typeof add>) => {
      work();
      return add(...args);
    },
    store: (...args: Parameters<typeof store>) => {
      work();
      return store(...args);
    },
  });
}

await import(module);
