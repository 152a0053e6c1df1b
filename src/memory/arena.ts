/**
 * @file Memory of one step: bump allocation in chunks of the heap, all forgotten at once.
 * Chunks are used again, so that after the first steps an arena asks nothing more of the heap.
 */
import type { Closeable } from './closeable.ts';
import type { Heap } from './heap.ts';

const ALIGNMENT = 64;
/** Between blocks, so that arrays of a power-of-two length do not begin at equal addresses modulo 4096: loads and stores
 * that agree in those bits wait for each other. */
const STAGGER = 5 * ALIGNMENT;

/** A place to come back to with `release`. */
export interface Mark {
  readonly chunk: number;
  readonly offset: number;
}

/**
 * Memory that is taken piece by piece and given back all at once, after a training step for instance.
 * @example
 * const arena = new Arena(heap, 4096);
 * const first = arena.allocate(64);
 * arena.reset();
 * arena.allocate(64) === first; // true
 * arena.close();
 */
export class Arena implements Closeable {
  readonly heap: Heap;
  readonly #chunkBytes: number;
  readonly #chunks: { start: number; size: number }[] = [];
  #chunk = 0;
  #offset = 0;

  /** @param chunkBytes what is taken from the heap at a time; default 8 MiB */
  constructor(heap: Heap, chunkBytes: number = 8 * 2 ** 20) {
    this.heap = heap;
    this.#chunkBytes = chunkBytes;
  }

  /** Bytes of the heap that this arena holds, in use or ready for reuse. */
  get capacity(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  }

  /** A pointer to `bytes` bytes with undefined content, valid until the next `release` or `reset` below it. */
  allocate(bytes: number): number {
    const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT + STAGGER;
    // nothing is in use, and nothing fits: one chunk that does, in place of all that are too small
    if (this.#chunk === 0 && this.#offset === 0 && this.#chunks.every((chunk) => chunk.size < size))
      this.close();
    for (; ; this.#chunk++, this.#offset = 0) {
      if (this.#chunk === this.#chunks.length) {
        const wanted = Math.max(size, this.#chunkBytes);
        this.#chunks.push({ start: this.heap.allocate(wanted), size: wanted });
      }
      const chunk = this.#chunks[this.#chunk]!;
      if (this.#offset + size > chunk.size) continue;
      const pointer = chunk.start + this.#offset;
      this.#offset += size;
      return pointer;
    }
  }

  /** Where the arena stands now, for `release`. */
  mark(): Mark {
    return { chunk: this.#chunk, offset: this.#offset };
  }

  /** Forgets everything allocated since the mark. */
  release(mark: Mark): void {
    this.#chunk = mark.chunk;
    this.#offset = mark.offset;
  }

  /** Forgets everything; the memory stays with the arena for the next step. */
  reset(): void {
    this.release({ chunk: 0, offset: 0 });
  }

  /** Gives all chunks back to the heap: every pointer that came from here is void. */
  close(): void {
    for (const chunk of this.#chunks) this.heap.free(chunk.start);
    this.#chunks.length = 0;
    this.reset();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
