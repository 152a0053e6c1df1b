/**
 * @file The quantised network for many images at once, by matrix products on the heap: what run-quantised.ts defines, a hundred
 * times faster. On a grid (snn/grid.ts) float32 rounds nothing, whatever the order of a sum, and both give the same counts;
 * elsewhere a neuron next to a tie may end up on its other side.
 */
import { Arena } from '../../memory/arena.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { Runtime } from '../../runtime.ts';
import { type ScaledSynapses, scaledSynapses } from '../../snn/geometry.ts';
import { onInt8Grid } from '../../snn/grid.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { sumWindows } from '../../snn/sum-windows.ts';
import { idealCount } from './ideal-count.ts';

/** How many images go through a layer together. */
const BATCH = 16;

/**
 * The quantised network's answers.
 * @param images [count, height, width, channels], normalised as in training
 * @param steps T
 * @returns logits [count, classes]
 */
export function quantisedLogits(
  runtime: Runtime,
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  steps: number,
): Float32Array<ArrayBuffer> {
  const arena = new Arena(runtime.heap);
  try {
    return logitsIn(arena, runtime, network, images, steps);
  } finally {
    arena.close();
  }
}

function logitsIn(
  arena: Arena,
  runtime: Runtime,
  network: SpikingNetwork,
  images: Float32Array<ArrayBufferLike>,
  steps: number,
): Float32Array<ArrayBuffer> {
  const size = mapSize(network.input);
  const count = images.length / size;
  const logits = new Float32Array(count * network.classes);
  const countOf = idealCount(network, steps);
  const scaled = network.layers.map((layer) => layer.inputs.map((s) => scaledSynapses(network, layer, s)));
  const onHeap = scaled.map((all) => all.map(({ weight }) => place(arena, weight.length).fill(0)));
  scaled.forEach((all, l) => {
    all.forEach(({ weight }, k) => {
      onHeap[l]![k]!.set(weight);
    });
  });
  const weights = arena.mark();
  for (let start = 0; start < count; start += BATCH) {
    arena.release(weights);
    const batch = Math.min(BATCH, count - start);
    const input = images.subarray(start * size, (start + batch) * size);
    const counts: Float32Array[] = [];
    network.layers.forEach((layer, l) => {
      const total = new Float32Array(batch * mapSize(layer.shape));
      const collect = (image: boolean): void =>
        scaled[l]!.forEach((synapses, k) => {
          if (synapses.from < 0 !== image) return;
          const values = image ? input : counts[synapses.from]!;
          addCurrents(runtime, arena, synapses, onHeap[l]![k]!, values, batch, total);
        });
      collect(true);
      const channels = layer.shape[2];
      for (let i = 0; i < total.length; i++) {
        const constant = total[i]! + layer.bias[i % layer.bias.length]!;
        total[i] = steps * (onInt8Grid(network) ? Math.floor(Math.fround(constant + 0.5)) : constant);
      }
      collect(false);
      const { theta, scale } = layer;
      if (theta.length === 0) {
        const unit = (i: number): number => scale?.[i % channels] ?? 1;
        total.forEach((sum, i) => {
          logits[start * network.classes + i] = (sum / steps) * unit(i);
        });
      }
      counts.push(total.map((sum, i) => (theta.length === 0 ? 0 : countOf(sum, theta[i % theta.length]!))));
    });
  }
  return logits;
}

const place = (arena: Arena, length: number): Float32Array<ArrayBufferLike> =>
  arena.heap.f32(arena.allocate(length * 4), length);

/** total += what the source's values send. values: [batch, ...source]; total: [batch, ...out]. */
function addCurrents(
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
  gatherPatches(synapses, pooled, batch, patches);
  const product = place(arena, m * channels);
  kernels.gemm(patches, weight, product, { m, n: channels, k, transposeA: false, transposeB: false });
  for (let i = 0; i < total.length; i++) total[i]! += product[i]!;
}

/** patches: [batch, out height, out width, kernel height, kernel width, channels]; 0 outside the map. */
function gatherPatches(
  { map, out, kernelHeight, kernelWidth, stride, padding }: ScaledSynapses,
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
            const [row, column] = [y * stride + ky - padding, x * stride + kx - padding];
            if (row < 0 || row >= height || column < 0 || column >= width) patches.fill(0, to, to + channels);
            else {
              const from = ((b * height + row) * width + column) * channels;
              for (let c = 0; c < channels; c++) patches[to + c] = values[from + c]!;
            }
          }
}

/** The sums over pool windows of each image of a batch; the values themselves where nothing is pooled. */
function pooledBatch(
  synapses: ScaledSynapses,
  values: Float32Array<ArrayBufferLike>,
  batch: number,
): Float32Array<ArrayBufferLike> {
  if (synapses.pool === 1) return values;
  const [from, to] = [mapSize(synapses.source), mapSize(synapses.map)];
  const sums = new Float32Array(batch * to);
  for (let b = 0; b < batch; b++)
    sumWindows(synapses, values.subarray(b * from, (b + 1) * from), sums.subarray(b * to, (b + 1) * to));
  return sums;
}
