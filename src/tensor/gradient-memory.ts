/**
 * @file The memory of a backward pass that keeps the gradients of leaves only: a gradient between is used once, by the operation that made
 * its tensor, and its memory is then lent to the next of its size. So a step needs room for its activations and for few gradients, not
 * for one gradient beside each activation.
 */
import type { Floats } from '../kernels/kernels.ts';
import type { Arena } from '../memory/arena.ts';

interface Block {
  readonly start: number;
  readonly bytes: number;
  /** Tensors whose gradient lies in it. */
  holders: number;
}

export class GradientMemory {
  readonly #arena: Arena;
  #taken: Block[] = [];
  #free: Block[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** A pointer to memory with undefined content: until the next `settle`, unless a tensor holds it. */
  take(bytes: number): number {
    const known = this.#free.findIndex((block) => block.bytes === bytes);
    const [block = { start: this.#arena.allocate(bytes), bytes, holders: 0 }] =
      known < 0 ? [] : this.#free.splice(known, 1);
    this.#taken.push(block);
    return block.start;
  }

  /** This array is the gradient of so many tensors more; it may be a part of a block. */
  hold({ byteOffset }: Floats, tensors: number): void {
    const block = this.#taken.find(({ start, bytes }) => byteOffset >= start && byteOffset < start + bytes);
    if (block) block.holders += tensors;
  }

  /** An operation has done its part: what it took for itself, and what it was the last to need, is free. */
  settle(): void {
    const held = (block: Block): boolean => block.holders > 0;
    this.#free.push(...this.#taken.filter((block) => !held(block)));
    this.#taken = this.#taken.filter(held);
  }
}
