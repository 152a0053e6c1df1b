/**
 * @file The only source of randomness: xoshiro128** (Blackman and Vigna, 2018), seeded through SplitMix32.
 * A generator is handed down and never global. `fork` makes an independent stream by name, so that one more consumer in one
 * place does not change the numbers of another.
 */

/** The whole state of a generator, as plain data: once saved and restored, the stream continues bit for bit. */
export type RandomState = readonly [number, number, number, number];

/**
 * A generator of random numbers: the same seed gives the same numbers on every machine.
 * @example
 * const random = Random.seeded(1);
 * random.shuffle([1, 2, 3]).length; // 3
 */
export class Random {
  #s: [number, number, number, number];

  private constructor(state: RandomState) {
    this.#s = [...state];
  }

  /**
   * A generator from an integer seed.
   * @example
   * const random = Random.seeded(7);
   * random.integer(10) >= 0; // true
   */
  static seeded(seed: number): Random {
    let z = seed | 0;
    const next = (): number => {
      z = (z + 0x9e3779b9) | 0;
      let t = z ^ (z >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      return (t ^ (t >>> 15)) >>> 0;
    };
    return new Random([next(), next(), next(), next() | 1]);
  }

  /** A generator that continues where `state` was taken. */
  static restored(state: RandomState): Random {
    return new Random(state);
  }

  /** The state now, as plain data. */
  get state(): RandomState {
    return [...this.#s];
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const s = this.#s;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** A number uniform in [low, high): low + (high - low) * a multiple of 2^-32 in [0, 1). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.bits() / 4294967296);
  }

  /** A whole number uniform in [0, below), for 1 <= below <= 2^32, without modulo bias. */
  integer(below: number): number {
    const limit = 4294967296 - (4294967296 % below);
    let bits = this.bits();
    while (bits >= limit) bits = this.bits();
    return bits % below;
  }

  /** A standard normal number (Box and Muller; one of the pair). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T extends Int32Array | Uint32Array | number[]>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = items[i]!;
      items[i] = items[j]!;
      items[j] = swapped;
    }
    return items;
  }

  /** An independent generator, determined by this one's present state and the label. This one does not advance. */
  fork(label: string): Random {
    let hash = 0x811c9dc5;
    for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
    const s = this.#s;
    const child = Random.seeded(hash ^ s[0] ^ Math.imul(s[1], 3) ^ Math.imul(s[2], 5) ^ Math.imul(s[3], 7));
    return child;
  }
}
