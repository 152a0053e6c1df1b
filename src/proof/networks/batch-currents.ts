/**
 * @file The currents of a batch of images by matrix products on the heap.
 */
import type { Arena } from '../../memory/arena.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Runtime } from '../../runtime.ts';
import { isTrivial, type ScaledSynapses } from '../../snn/geometry.ts';
import { pooledValues } from '../../snn/windows.ts';

/** Room for this many floats on the heap. */
export const place = (arena: Arena, length: number): Float32Array<ArrayBufferLike> =>
  arena.heap.f32(arena.allocate(length * 4), length);

/**
 * total += what the source's values send. values: [batch, ...source]; total: [batch, ...out].
 * @param weight without groups (`denseWeight`)
 */
export function addCurrents(
  { kernels }: Runtime,
  arena: Arena,
  synapses: ScaledSynapses,
  weight: Float32Array<ArrayBufferLike>,
  values: Float32Array<ArrayBufferLike>,
  batch: number,
  total: Float32Array,
): void {
  const { map, out, kind, kernelHeight, kernelWidth } = synapses;
  const pooled = pooledBatch(synapses, values, batch);
  const channels = out[2];
  if (kind === 'identity') {
    for (let i = 0; i < total.length; i++) total[i]! += pooled[i]! * weight[i % channels]!;
    return;
  }
  const [m, k] = [batch * out[0] * out[1], kernelHeight * kernelWidth * map[2]];
  const patches = place(arena, m * k);
  im2col(synapses, pooled, batch, patches);
  const product = place(arena, m * channels);
  kernels.gemm(patches, weight, product, { m, n: channels, k, transposeA: false, transposeB: false });
  for (let i = 0; i < total.length; i++) total[i]! += product[i]!;
}

/** The windows of all outputs side by side. patches: [batch, out height, out width, kernel height, kernel width, channels]; 0 outside the map. */
function im2col(
  { map, out, kernelHeight, kernelWidth, stride, padding, dilation }: ScaledSynapses,
  values: Float32Array<ArrayBufferLike>,
  batch: number,
  patches: Float32Array<ArrayBufferLike>,
): void {
  const [height, width, channels] = map;
  let to = 0;
  for (let b = 0; b < batch; b++)
    for (let y = 0; y < out[0]; y++)
      for (let x = 0; x < out[1]; x++)
        for (let ky = 0; ky < kernelHeight; ky++)
          for (let kx = 0; kx < kernelWidth; kx++, to += channels) {
            const row = y * stride[0] + ky * dilation[0] - padding[0];
            const column = x * stride[1] + kx * dilation[1] - padding[2];
            if (row < 0 || row >= height || column < 0 || column >= width) patches.fill(0, to, to + channels);
            else {
              const from = ((b * height + row) * width + column) * channels;
              for (let c = 0; c < channels; c++) patches[to + c] = values[from + c]!;
            }
          }
}

/** What the synapses see of each image of a batch; the values themselves where nothing is pooled. */
function pooledBatch(
  synapses: ScaledSynapses,
  values: Float32Array<ArrayBufferLike>,
  batch: number,
): Float32Array<ArrayBufferLike> {
  if (!synapses.maxPool && isTrivial(synapses.pool)) return values;
  const [from, to] = [mapSize(synapses.source), mapSize(synapses.map)];
  const pooled = new Float32Array(batch * to);
  for (let b = 0; b < batch; b++)
    pooled.set(
      pooledValues(synapses, values.subarray(b * from, (b + 1) * from), (length) => new Float32Array(length)),
      b * to,
    );
  return pooled;
}
