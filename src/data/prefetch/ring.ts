/**
 * @file Batches on their way from the thread that fills them to the one that trains: a ring of slots in shared memory.
 * A serial is epoch * perEpoch + position; within an era serials are asked for in order, and a jump begins a new era.
 * A wish and a stamp are one 64-bit number, era * 2^32 + serial, so that both change at once.
 */

export interface Ring {
  /** WISH: the batch wanted next. READY: 1 when the filling thread has started. LEAVING: 1 when it must end. */
  readonly control: BigInt64Array<ArrayBufferLike>;
  /** `[slots]`: the batch that each slot holds, or is about to be overwritten in it; -1: none yet. */
  readonly stamps: BigInt64Array<ArrayBufferLike>;
  /** `[slots]`: number of images in each slot's batch. */
  readonly counts: Int32Array<ArrayBufferLike>;
  /** [slots][batch * bytes of an image]. */
  readonly pixels: readonly Float32Array<ArrayBufferLike>[];
  /** [slots][batch]. */
  readonly labels: readonly Uint16Array<ArrayBufferLike>[];
}

export const CONTROL = { wish: 0, ready: 1, leaving: 2 } as const;

export function stamp(era: number, serial: number): bigint {
  return (BigInt(era) << 32n) | BigInt(serial);
}

export function serialOf(value: bigint): number {
  return Number(value & 0xffffffffn);
}

/** Bytes of a ring; `values` floats and `images` labels in each slot. */
function layout(
  slots: number,
  values: number,
  images: number,
): { pixels: number; labels: number; bytes: number } {
  const pixels = 8 * (3 + slots) + 8 * Math.ceil(slots / 2);
  const labels = pixels + slots * values * 4;
  return { pixels, labels, bytes: labels + slots * images * 2 };
}

export function createRing(slots: number, values: number, images: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(layout(slots, values, images).bytes);
  ringOn(buffer, slots, values, images).stamps.fill(-1n);
  return buffer;
}

/** The views on a ring's memory, the same in both threads. */
export function ringOn(buffer: SharedArrayBuffer, slots: number, values: number, images: number): Ring {
  const { pixels, labels } = layout(slots, values, images);
  const each = Array.from({ length: slots }, (_, slot) => slot);
  return {
    control: new BigInt64Array(buffer, 0, 3),
    stamps: new BigInt64Array(buffer, 24, slots),
    counts: new Int32Array(buffer, 24 + 8 * slots, slots),
    pixels: each.map((slot) => new Float32Array(buffer, pixels + slot * values * 4, values)),
    labels: each.map((slot) => new Uint16Array(buffer, labels + slot * images * 2, images)),
  };
}
