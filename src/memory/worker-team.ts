/**
 * @file A team of threads on one shared heap. Threads start once and join when they are ready: until then, and
 * for what they do not get to, the calling thread does the work itself, so that starting up never makes anyone wait.
 */
import { mayBlock, spawnThread, type Thread } from '../platform/threads.ts';
import { drawTasks } from './draw-tasks.ts';
import type { Heap } from './heap.ts';
import type { LaneData } from './lane.ts';
import { LANE_MODULE } from './lane-module.ts';
import {
  createMailbox,
  JOB,
  LaneState,
  MAX_ARGS,
  MAX_LANES,
  MAX_PROGRAMS,
  type Mailbox,
  mailboxAt,
  stateOf,
  takeError,
} from './mailbox.ts';
import { runtimeClosed } from './runtime-closed.ts';
import { spinWhile } from './spin.ts';
import type { Program, Team, TeamOptions } from './team.ts';

/** Tasks are far shorter: a lane that has finished none for so long has lost its thread, or hangs. With a look it is told of within 5 s. */
const PATIENCE_MS = 4000;
/** The calling thread looks up this often. Longer pauses of its own, where all of the process stood still, count as one. */
const LOOK_MS = 100;

export interface WorkerTeamOptions extends TeamOptions {
  /** How a thread is started. Default: as the platform does it. */
  readonly spawn?: typeof spawnThread;
}

export class WorkerTeam implements Team {
  readonly lanes: number;
  readonly deterministic: boolean;
  readonly #heap: Heap;
  readonly #mailbox: Mailbox;
  readonly #threads: Thread[] = [];
  readonly #entries: string[][] = [];
  readonly #blocks: boolean = mayBlock();
  readonly #patience: number;
  /** Lanes whose thread never came up. */
  readonly #absent = new Set<number>();
  #broken: string | null = null;
  #closed = false;

  /** @param lanes threads including the calling one, 2 to 64 */
  constructor(heap: Heap, lanes: number, options: WorkerTeamOptions = {}) {
    const { deterministic = false, laneUrl, patienceMs = PATIENCE_MS, spawn = spawnThread } = options;
    if (!heap.shared) throw new Error('team: several lanes need a shared heap');
    if (!Number.isInteger(lanes) || lanes < 1 || lanes > MAX_LANES) {
      throw new Error(`team: lanes must be 1 to ${MAX_LANES}, found ${lanes}`);
    }
    this.lanes = lanes;
    this.deterministic = deterministic;
    this.#heap = heap;
    this.#patience = patienceMs;
    const mailbox = createMailbox(heap);
    this.#mailbox = mailboxAt(heap.memory, mailbox);
    for (let lane = 1; lane < lanes; lane++) {
      const data: LaneData = { memory: heap.memory, mailbox, lane };
      const thread = spawn(LANE_MODULE, data, laneUrl);
      thread.onExit((error) => this.#lost(lane, error));
      this.#threads.push(thread);
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  get helpers(): number {
    let count = 0;
    for (let lane = 1; lane < this.lanes; lane++) {
      if (Atomics.load(this.#mailbox.lanes, stateOf(lane) + 1) > 0) count++;
    }
    return count;
  }

  load(bytes: Uint8Array<ArrayBuffer>): Program {
    const id = this.#entries.length;
    if (id === MAX_PROGRAMS) throw new Error(`team: more than ${MAX_PROGRAMS} programs`);
    const module = new WebAssembly.Module(bytes);
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#heap.memory } });
    const address = this.#heap.allocate(bytes.length);
    this.#heap.u8(address, bytes.length).set(bytes);
    this.#mailbox.table.set([address, bytes.length], 2 * id);
    this.#entries.push(WebAssembly.Module.exports(module).map(({ name }) => name));
    return { id, exports: exports as Program['exports'] };
  }

  run(program: Program, entry: string, tasks: number, args: readonly number[]): void {
    const { job, lanes } = this.#mailbox;
    const index = this.#entries[program.id]?.indexOf(entry) ?? -1;
    const call = program.exports[entry];
    if (index < 0 || !call) throw new Error(`team: the program has no entry ${entry}`);
    if (args.length > MAX_ARGS) throw new Error(`team: at most ${MAX_ARGS} arguments, found ${args.length}`);
    if (this.#closed) throw runtimeClosed();
    if (this.#broken) throw new Error(`team: ${this.#broken}`);
    if (tasks <= 1) {
      for (let task = 0; task < tasks; task++) call(task, 0, ...args);
      return;
    }
    job[JOB.program] = program.id;
    job[JOB.entry] = index;
    job[JOB.tasks] = tasks;
    job[JOB.args] = args.length;
    this.#mailbox.args.set(args);
    Atomics.store(job, JOB.next, 0);
    const helpers: number[] = [];
    for (let lane = 1; lane < Math.min(this.lanes, tasks); lane++) {
      const state = stateOf(lane);
      if (Atomics.compareExchange(lanes, state, LaneState.idle, LaneState.called) === LaneState.idle) {
        Atomics.notify(lanes, state);
        helpers.push(lane);
      }
    }
    drawTasks(this.#mailbox, 0, call, () => {});
    for (const lane of helpers) this.#await(lane);
    const error = takeError(this.#mailbox);
    if (error) throw new Error(`team: ${entry} failed on ${error}`);
  }

  close(): void {
    const { lanes } = this.#mailbox;
    const wasBroken = this.#broken !== null;
    this.#closed = true;
    this.#threads.forEach((thread, i) => {
      const state = stateOf(i + 1);
      const was = Atomics.exchange(lanes, state, LaneState.leaving);
      Atomics.notify(lanes, state);
      // One that hangs would never hear that it is to leave.
      if (was === LaneState.absent || wasBroken) thread.terminate();
    });
    this.#threads.length = 0;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Waits until a lane has done its share; one that has not begun by now is not needed any more. */
  #await(lane: number): void {
    const { lanes } = this.#mailbox;
    const state = stateOf(lane);
    if (Atomics.compareExchange(lanes, state, LaneState.called, LaneState.idle) === LaneState.called) return;
    let finished = Atomics.load(lanes, state + 1);
    let waited = 0;
    let looked = performance.now();
    while (spinWhile(lanes, state, LaneState.busy)) {
      if (this.#blocks) Atomics.wait(lanes, state, LaneState.busy, Math.min(LOOK_MS, this.#patience));
      const now = performance.now();
      waited += Math.min(now - looked, 2 * LOOK_MS);
      looked = now;
      const done = Atomics.load(lanes, state + 1);
      if (done !== finished) {
        finished = done;
        waited = 0;
      } else if (waited > this.#patience && Atomics.load(lanes, state) === LaneState.busy) {
        this.#broken = `lane ${lane} has not answered for ${this.#patience} ms; its thread is gone or hangs`;
        this.#threads[lane - 1]?.terminate(); // if it only was slow, it shall write no more
        throw new Error(`team: ${this.#broken}`);
      }
    }
  }

  /**
   * A thread that ended by itself is not waited for again. One that never came up has nothing half done: the others do its work.
   * Any other may have died in the middle of a task, and the team cannot be believed any more.
   */
  #lost(lane: number, error: Error | null): void {
    const { lanes } = this.#mailbox;
    const state = stateOf(lane);
    const reason = error?.message ? `: ${error.message}` : '';
    if (this.#threads.length > 0 && Atomics.load(lanes, state) === LaneState.absent) {
      if (this.#absent.size === 0)
        console.warn(
          `strelu: a thread could not be started${reason}; ${this.lanes - 1 > 1 ? 'the other threads do' : 'one thread does'} all the work`,
        );
      this.#absent.add(lane);
      return;
    }
    Atomics.store(lanes, state, LaneState.absent);
    Atomics.notify(lanes, state);
    if (this.#threads.length > 0) this.#broken ??= `lane ${lane} ended${reason}`;
  }
}
