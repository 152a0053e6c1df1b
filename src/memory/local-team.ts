import type { Heap } from './heap.ts';
import { runtimeClosed } from './runtime-closed.ts';
import type { Program, Team, TeamOptions } from './team.ts';

/** A team of one lane: the calling thread does everything, in the order of the tasks. */
export class LocalTeam implements Team {
  readonly lanes = 1;
  readonly helpers = 0;
  readonly deterministic: boolean;
  readonly #heap: Heap;
  #programs = 0;
  #closed = false;

  constructor(heap: Heap, { deterministic = false }: TeamOptions = {}) {
    this.deterministic = deterministic;
    this.#heap = heap;
  }

  load(bytes: Uint8Array<ArrayBuffer>): Program {
    const imports = { env: { memory: this.#heap.memory } };
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
    return { id: this.#programs++, exports: exports as Program['exports'] };
  }

  run(program: Program, entry: string, tasks: number, args: readonly number[]): void {
    if (this.#closed) throw runtimeClosed();
    const call = program.exports[entry];
    if (!call) throw new Error(`team: the program has no entry ${entry}`);
    for (let task = 0; task < tasks; task++) call(task, 0, ...args);
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
