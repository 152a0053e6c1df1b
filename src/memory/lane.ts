/**
 * @file What a worker thread runs: it sleeps until it is called, draws tasks, and says that it is idle again.
 * Programs are compiled from the shared table when they are first needed.
 */
import { runThread } from '../platform/threads.ts';
import { bytesOf } from './bytes-of.ts';
import { drawTasks } from './draw-tasks.ts';
import { JOB, LaneState, type Mailbox, mailboxAt, postError, stateOf } from './mailbox.ts';
import { spinWhile } from './spin.ts';

/** What a lane is given at its start. */
export interface LaneData {
  readonly memory: WebAssembly.Memory;
  readonly mailbox: number;
  readonly lane: number;
}

type Entry = (...args: number[]) => unknown;

runThread((data) => {
  const { memory, mailbox: address, lane } = data as LaneData;
  const mailbox = mailboxAt(memory, address);
  const { job, lanes } = mailbox;
  const entries = programsOf(memory, mailbox);
  const state = stateOf(lane);
  Atomics.store(lanes, state, LaneState.idle);
  for (;;) {
    if (spinWhile(lanes, state, LaneState.idle)) Atomics.wait(lanes, state, LaneState.idle);
    const now = Atomics.compareExchange(lanes, state, LaneState.called, LaneState.busy);
    if (now === LaneState.leaving) break;
    if (now !== LaneState.called) continue;
    try {
      drawTasks(mailbox, lane, entries(job[JOB.program]!)[job[JOB.entry]!]!, () =>
        Atomics.add(lanes, state + 1, 1),
      );
    } catch (error) {
      postError(mailbox, `lane ${lane}: ${error instanceof Error ? error.message : String(error)}`);
    }
    Atomics.compareExchange(lanes, state, LaneState.busy, LaneState.idle);
    Atomics.notify(lanes, state);
  }
  Atomics.store(lanes, state, LaneState.absent);
  Atomics.notify(lanes, state);
});

/** The entries of a program, compiled when they are first asked for. */
function programsOf(memory: WebAssembly.Memory, { table }: Mailbox): (id: number) => Entry[] {
  const programs = new Map<number, Entry[]>();
  return (id) => {
    let found = programs.get(id);
    if (!found) {
      const module = new WebAssembly.Module(bytesOf(memory, table[2 * id]!, table[2 * id + 1]!));
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      found = WebAssembly.Module.exports(module).map(({ name }) => exports[name] as Entry);
      programs.set(id, found);
    }
    return found;
  };
}
