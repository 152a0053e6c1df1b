/** @file The images that bench/peers/export_onnx.py drew: a linear congruential generator of 32 bits, its upper 24. */

/** Numbers of [-1, 1). */
export function drawn(count: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}

/** [batch, channels, rows, columns] -> [batch, rows, columns, channels] */
export function channelsLast(
  values: Float32Array<ArrayBuffer>,
  [batch, channels, rows, columns]: readonly [number, number, number, number],
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(values.length);
  const places = rows * columns;
  for (let b = 0, at = 0; b < batch; b++)
    for (let c = 0; c < channels; c++)
      for (let p = 0; p < places; p++) out[(b * places + p) * channels + c] = values[at++]!;
  return out;
}
