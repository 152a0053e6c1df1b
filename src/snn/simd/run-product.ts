/**
 * @file What spikes send to a layer as one matrix product over all images and steps that are held, or over all images and the
 * counts of their steps, instead of a row of weights for each spike. Pays where most neurons spike, or where counts stand for many
 * steps; the sums are rounded in the product's order.
 */
import { mapSize } from '../../nn/architecture.ts';
import { type Machine, putFields, timed } from './machine.ts';
import { inputs, outputs, type Product, withBorder } from './product-memory.ts';
import { MAP_FIELDS } from './program/contract.ts';

/**
 * Currents of images 0..count-1 from the masks of their source, in the first `steps` that are held; or the sum of these
 * currents, from the counts of the spikes, where nothing depends on their order.
 */
export function runProduct(machine: Machine, product: Product, count: number, steps: number): void {
  const { heap, team, program } = machine;
  const { synapses, descriptor, inChannels, outChannels } = product;
  const { map, out, kernelHeight, kernelWidth, stride, padding } = synapses;
  const [now, together] = product.counts ? [1, steps] : [steps, 1];
  const batch = count * now;
  putFields(heap, descriptor, MAP_FIELDS, { now, together });
  if (product.firstSums !== null) {
    runBytes(machine, product, product.firstSums, batch);
    return;
  }
  timed(machine, 'spikeMap', () => team.run(program, 'spikeMap', batch * map[0], [descriptor]));
  const x = heap.f32(product.map, batch * inputs(synapses));
  const y = heap.f32(product.currents, batch * outputs(synapses));
  const w = heap.f32(product.weights, kernelHeight * kernelWidth * inChannels * outChannels);
  const { gemm, conv2d } = machine.products!;
  if (
    mapSize(out) === out[2] &&
    kernelHeight === map[0] &&
    kernelWidth === map[1] &&
    padding.every((side) => side === 0)
  ) {
    const k = inputs(synapses);
    const shape = { m: batch, n: outChannels, k, transposeA: false, transposeB: false };
    timed(machine, 'gemm', () => gemm(x, w, y, shape));
    return;
  }
  const shape = {
    batch,
    inHeight: map[0],
    inWidth: map[1],
    inChannels,
    outHeight: out[0],
    outWidth: out[1],
    outChannels,
    kernel: kernelHeight,
    stride: stride[0],
    padding: padding[0],
  };
  timed(machine, 'conv2d', () => conv2d(x, w, null, null, y, shape));
}

/** The same with weights and what is sent in bytes. */
function runBytes(machine: Machine, product: Product, firstSums: number, batch: number): void {
  const { team, program } = machine;
  const { synapses, descriptor, inChannels, outChannels, map: x, weights: w, currents: y } = product;
  const { out, kernelHeight, kernelWidth, stride } = synapses;
  const [mapHeight, mapWidth] = withBorder(synapses);
  timed(machine, 'byteMap', () => team.run(program, 'byteMap', batch * mapHeight, [descriptor]));
  const sizes = { batch, mapHeight, mapWidth, channels: inChannels, outHeight: out[0], outWidth: out[1] };
  const shape = { ...sizes, outChannels, kernelHeight, kernelWidth, stride: stride[0] };
  timed(machine, 'bytes', () => machine.products!.bytes!({ x, w, firstSums, y }, shape));
}
