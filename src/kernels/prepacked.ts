/**
 * @file Weights that change no more, in the forms that kernels multiply with: a form is written by the first call that needs it and
 * read by all that follow.
 *
 * A form is never stale because of what its owner is: it holds copies of the weights that nobody else can reach (nn/inference.ts).
 * Arrays are told apart as objects, not by their addresses, which the heap gives out again.
 */
import { InputError } from '../errors.ts';
import { type Closeable, closeable } from '../memory/closeable.ts';
import type { Heap } from '../memory/heap.ts';

/** Of what the heap may hold at most, the part that one owner keeps: 256 MiB of 4 GiB. */
const SHARE = 1 / 16;

/** What kernels see of it. */
export interface Prepacked {
  /**
   * The address of `bytes` bytes that `write` has filled, now or in an earlier call; 0 where nothing is kept: the weights are others
   * than those of the owner, or there is no room left.
   * @param form everything that the bytes depend on beside the values of the weights
   */
  of(weights: ArrayBufferView, form: string, bytes: number, write: (pointer: number) => void): number;
}

/** @param most bytes kept at once; default: a sixteenth of what the heap may grow to */
export function createPrepacked(
  heap: Heap,
  weights: Iterable<ArrayBufferView>,
  most: number = heap.maximum * SHARE,
): Prepacked & Closeable {
  const forms = new Map(Array.from(weights, (array) => [array, new Map<string, number>()]));
  let room = most;
  /** 0 where the heap is full: what is kept saves time, and nothing may fail for want of it. */
  const allocated = (bytes: number): number => {
    try {
      return heap.allocate(bytes);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      room = 0;
      return 0;
    }
  };
  return {
    of(array, form, bytes, write) {
      const known = forms.get(array);
      const kept = known?.get(form);
      if (known === undefined || kept !== undefined || bytes > room) return kept ?? 0;
      const pointer = allocated(bytes);
      if (pointer === 0) return 0;
      try {
        write(pointer);
      } catch (error) {
        heap.free(pointer);
        throw error;
      }
      known.set(form, pointer);
      room -= bytes;
      return pointer;
    },
    ...closeable(() => {
      for (const known of forms.values()) for (const pointer of known.values()) heap.free(pointer);
      forms.clear();
    }),
  };
}
