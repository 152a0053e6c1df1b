/** Bytes that one task of `toGrid` rounds. */
export const PIECE_BYTES = 4096;
