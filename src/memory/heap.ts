/**
 * @file One WebAssembly.Memory holds every tensor, so that kernels, workers and ndarray views see the same bytes.
 * Where SharedArrayBuffer is missing the same code runs on an unshared memory: growing such a memory takes every view of it away,
 * unless the engine has resizable buffers, so without them it is as large at once as it will ever be (unsharedMemory).
 * Who owns and frees what on it: OWNERSHIP.md, beside this file.
 */
import { InputError } from '../errors.ts';

const PAGE = 65536;
const ALIGNMENT = 64;
/** 1 GiB: what a memory that cannot grow asks for first. Pages that are never touched cost no memory. */
const FIXED_PAGES = 16384;
const RESERVED = 65536; // the first page is never handed out: address 0 stays "no pointer"

/** How large a heap is. */
export interface HeapOptions {
  /** Bytes available at once; it grows on demand (unshared: where the engine has resizable buffers). Default: 16 MiB. */
  readonly initialBytes?: number;
  /** The most it may ever grow to. Default, and at most: 4 GiB. */
  readonly maximumBytes?: number;
  /** Whether threads can share it. Default: where the engine has SharedArrayBuffer. */
  readonly shared?: boolean;
}

/**
 * An address space with first-fit blocks. Pointers are byte addresses, multiples of 64.
 * @example
 * const heap = new Heap();
 * const pointer = heap.allocate(1000);
 * pointer % 64; // 0
 * heap.free(pointer);
 */
export class Heap {
  /** The memory itself: one for all threads. */
  readonly memory: WebAssembly.Memory;
  /** False: only one thread can work on it. */
  readonly shared: boolean;
  readonly #maximum: number;
  readonly #grows: boolean;
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #latest: ArrayBufferLike | null = null;
  readonly #sizes = new Map<number, number>();
  #holes: { start: number; size: number }[] = [];
  #end = RESERVED;

  constructor(options: HeapOptions = {}) {
    this.shared = options.shared ?? typeof SharedArrayBuffer !== 'undefined';
    this.#maximum = Math.min(options.maximumBytes ?? 4 * 2 ** 30, 65535 * PAGE);
    const wanted = Math.min(options.initialBytes ?? 16 * 2 ** 20, this.#maximum);
    const initial = Math.ceil(wanted / PAGE);
    const maximum = Math.ceil(this.#maximum / PAGE);
    this.memory = this.shared
      ? new WebAssembly.Memory({ initial, maximum, shared: true })
      : unsharedMemory(initial, maximum);
    this.#grows = this.shared || resizable(this.memory);
    if (!this.shared && this.#grows) (this.memory as ResizableMemory).toResizableBuffer!();
    if (!this.#grows) this.#maximum = this.memory.buffer.byteLength;
  }

  /** Bytes in live blocks. */
  get used(): number {
    let total = 0;
    for (const size of this.#sizes.values()) total += size;
    return total;
  }

  /** Bytes that the memory may hold at most. */
  get maximum(): number {
    return this.#maximum;
  }

  /** Bytes that the memory holds now, used or not. */
  get capacity(): number {
    return this.memory.buffer.byteLength;
  }

  /** True when a typed array is a view of this heap (its byteOffset is then a pointer). */
  owns(array: ArrayBufferView): boolean {
    return this.#buffers.has(array.buffer) || array.buffer === this.memory.buffer;
  }

  /** True when a typed array is one of its live blocks, from the beginning. */
  holds(array: ArrayBufferView): boolean {
    return this.owns(array) && this.#sizes.has(array.byteOffset);
  }

  /** @throws InputError when the memory cannot grow enough. */
  allocate(bytes: number): number {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const fit = this.#holes.findIndex((hole) => hole.size >= size);
    let start = this.#end;
    if (fit >= 0) {
      const hole = this.#holes[fit]!;
      start = hole.start;
      hole.start += size;
      hole.size -= size;
      if (hole.size === 0) this.#holes.splice(fit, 1);
    } else {
      this.#grow(this.#end + size);
      this.#end += size;
    }
    this.#sizes.set(start, size);
    return start;
  }

  /** Gives a block back; neighbouring holes merge. */
  free(pointer: number): void {
    const size = this.#sizes.get(pointer);
    if (size === undefined) throw new Error(`heap: ${pointer} is not an allocated block`);
    this.#sizes.delete(pointer);
    this.#holes.push({ start: pointer, size });
    this.#holes.sort((a, b) => a.start - b.start);
    const merged: { start: number; size: number }[] = [];
    for (const hole of this.#holes) {
      const last = merged.at(-1);
      if (last && last.start + last.size === hole.start) last.size += hole.size;
      else merged.push(hole);
    }
    const top = merged.at(-1);
    if (top && top.start + top.size === this.#end) {
      this.#end = top.start;
      merged.pop();
    }
    this.#holes = merged;
  }

  /** A float32 view of allocated memory. */
  f32(pointer: number, length: number): Float32Array<ArrayBufferLike> {
    return new Float32Array(this.#buffer, pointer, length);
  }

  /** `length` float64 from a pointer on: a view. */
  f64(pointer: number, length: number): Float64Array<ArrayBufferLike> {
    return new Float64Array(this.#buffer, pointer, length);
  }

  /** `length` int32 from a pointer on: a view. */
  i32(pointer: number, length: number): Int32Array<ArrayBufferLike> {
    return new Int32Array(this.#buffer, pointer, length);
  }

  /** `length` bytes from a pointer on: a view. */
  u8(pointer: number, length: number): Uint8Array<ArrayBufferLike> {
    return new Uint8Array(this.#buffer, pointer, length);
  }

  #grow(end: number): void {
    if (end <= this.capacity) return;
    if (end > this.#maximum || !this.#grows) {
      throw new InputError(
        `heap: needs ${Math.ceil(end / 2 ** 20)} MiB, the limit is ${Math.floor(this.#maximum / 2 ** 20)} MiB; use a smaller batch or network`,
        { code: 'heap-full' },
      );
    }
    const wanted = Math.min(Math.max(end, this.capacity * 1.5), this.#maximum);
    this.memory.grow(Math.ceil((wanted - this.capacity) / PAGE));
  }

  /** The buffer as it is now. An engine may swap the object at any time: when this memory grows, or another one does. */
  get #buffer(): ArrayBufferLike {
    const { buffer } = this.memory;
    if (buffer !== this.#latest) this.#buffers.add(buffer);
    this.#latest = buffer;
    return buffer;
  }
}

/** A memory whose views survive its growth, where the engine has that (WebAssembly's resizable buffers). */
type ResizableMemory = WebAssembly.Memory & { toResizableBuffer?: () => ArrayBuffer };

const resizable = (memory: WebAssembly.Memory): boolean =>
  typeof (memory as ResizableMemory).toResizableBuffer === 'function';

/** Small where it can grow; else the largest of 1 GiB, 512 MiB, ... that the engine gives, and at least what was asked for. */
function unsharedMemory(initial: number, maximum: number): WebAssembly.Memory {
  if (typeof (WebAssembly.Memory.prototype as ResizableMemory).toResizableBuffer === 'function')
    return new WebAssembly.Memory({ initial, maximum });
  for (let pages = Math.min(maximum, FIXED_PAGES); pages > initial; pages = Math.floor(pages / 2)) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages });
    } catch {
      // The engine has no room for this many pages: half as many are tried next.
    }
  }
  return new WebAssembly.Memory({ initial, maximum: initial });
}
