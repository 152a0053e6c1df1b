/**
 * @file The shared memory through which lanes talk: a thread that sleeps in Atomics.wait hears no messages.
 * One block of the heap:
 *
 *     job      Int32: program, entry, tasks, next task, number of arguments
 *     args     Float64 x 24
 *     lanes    Int32 x 16 each (a cache line): state, tasks finished
 *     error    Int32 length (0: none), then UTF-8 bytes
 *     table    Uint32 pairs: address and length of each program's module bytes
 */
import type { Heap } from './heap.ts';

export const MAX_LANES = 64;
export const MAX_PROGRAMS = 4096;
export const MAX_ARGS = 24;
const ERROR_BYTES = 1020;
const LANE_INTS = 16;

/**
 * Absent: not started yet, or ended. Idle: waits for work. Called: there is a job, which the caller may still take back.
 * Busy: runs the job. Leaving: was told to end.
 */
export const LaneState = { absent: 0, idle: 1, called: 2, busy: 3, leaving: 4 } as const;

const OFFSETS = { job: 0, args: 64, lanes: 256, error: 256 + MAX_LANES * LANE_INTS * 4 } as const;
const TABLE = OFFSETS.error + 4 + ERROR_BYTES;

export const MAILBOX_BYTES: number = TABLE + MAX_PROGRAMS * 8;

/** Typed views of one mailbox; every lane makes its own from the same address. */
export interface Mailbox {
  /** program, entry, tasks, next task, number of arguments */
  readonly job: Int32Array<ArrayBufferLike>;
  readonly args: Float64Array<ArrayBufferLike>;
  /** Two words per lane at index lane * 16: state, tasks finished. */
  readonly lanes: Int32Array<ArrayBufferLike>;
  readonly table: Uint32Array<ArrayBufferLike>;
  readonly errorLength: Int32Array<ArrayBufferLike>;
  readonly errorBytes: Uint8Array<ArrayBufferLike>;
}

export const JOB = { program: 0, entry: 1, tasks: 2, next: 3, args: 4 } as const;

/** Index of a lane's state word; the next word counts its finished tasks. */
export const stateOf = (lane: number): number => lane * LANE_INTS;

export function mailboxAt(memory: WebAssembly.Memory, address: number): Mailbox {
  const { buffer } = memory;
  return {
    job: new Int32Array(buffer, address + OFFSETS.job, 16),
    args: new Float64Array(buffer, address + OFFSETS.args, MAX_ARGS),
    lanes: new Int32Array(buffer, address + OFFSETS.lanes, MAX_LANES * LANE_INTS),
    errorLength: new Int32Array(buffer, address + OFFSETS.error, 1),
    errorBytes: new Uint8Array(buffer, address + OFFSETS.error + 4, ERROR_BYTES),
    table: new Uint32Array(buffer, address + TABLE, MAX_PROGRAMS * 2),
  };
}

/** A zeroed mailbox on the heap. */
export function createMailbox(heap: Heap): number {
  const address = heap.allocate(MAILBOX_BYTES);
  heap.u8(address, MAILBOX_BYTES).fill(0);
  return address;
}

/** Stores the error of a job, unless it has one already. */
export function postError(mailbox: Mailbox, message: string): void {
  if (Atomics.compareExchange(mailbox.errorLength, 0, 0, -1) !== 0) return;
  const bytes = new TextEncoder().encode(message).subarray(0, ERROR_BYTES);
  mailbox.errorBytes.set(bytes);
  Atomics.store(mailbox.errorLength, 0, Math.max(1, bytes.length));
}

/** Takes the error of a finished job, if there is one. */
export function takeError(mailbox: Mailbox): string | null {
  const length = Atomics.load(mailbox.errorLength, 0);
  if (length <= 0) return null;
  const message = new TextDecoder().decode(mailbox.errorBytes.slice(0, length));
  Atomics.store(mailbox.errorLength, 0, 0);
  return message;
}
