/**
 * @file The memory of a backward pass that keeps the gradients of leaves only: a gradient between is used once, by the operation that made
 * its tensor, and its memory is then lent to the next of its size. So a step needs room for its activations and for few gradients, not
 * for one gradient beside each activation.
 */
import type { Floats } from '../kernels/kernels.ts';
import type { Arena } from '../memory/arena.ts';

interface Block {
  readonly bytes: number;
  /** Tensors whose gradient lies in it. */
  holders: number;
}

export class GradientMemory {
  readonly #arena: Arena;
  /** All that was taken from the arena, by its pointer. */
  readonly #blocks = new Map<number, Block>();
  /** Pointers of blocks that nobody has, by their size. */
  readonly #free = new Map<number, number[]>();
  /** Pointers that were handed out since the last `settle`. */
  #fresh: number[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** A pointer to memory with undefined content: until the next `settle`, unless a tensor holds it. */
  take(bytes: number): number {
    const pointer = this.#free.get(bytes)?.pop() ?? this.#arena.allocate(bytes);
    this.#blocks.set(pointer, { bytes, holders: 0 });
    this.#fresh.push(pointer);
    return pointer;
  }

  /** This array, or the block that it is a part of, is the gradient of one tensor more. */
  hold(gradient: Floats): void {
    const block = this.#blocks.get(this.#blockOf(gradient));
    if (block) block.holders++;
  }

  /** It is that of one tensor less. */
  drop(gradient: Floats): void {
    const pointer = this.#blockOf(gradient);
    const block = this.#blocks.get(pointer);
    if (!block) return;
    block.holders--;
    this.#fresh.push(pointer);
  }

  /** An operation has done its part: what it took for itself, and what it was the last to need, is free. */
  settle(): void {
    for (const pointer of this.#fresh) {
      const block = this.#blocks.get(pointer);
      if (!block || block.holders > 0) continue;
      this.#blocks.delete(pointer);
      this.#free.set(block.bytes, [...(this.#free.get(block.bytes) ?? []), pointer]);
    }
    this.#fresh = [];
  }

  /** The pointer of the block that an array lies in; -1: it is none of them. */
  #blockOf({ byteOffset }: Floats): number {
    if (this.#blocks.has(byteOffset)) return byteOffset;
    for (const [pointer, { bytes }] of this.#blocks)
      if (byteOffset > pointer && byteOffset < pointer + bytes) return pointer;
    return -1;
  }
}
