/**
 * @file What the image gives to a layer: the same current at every step, so it is computed once per image.
 */
import { mapSize } from '../../nn/architecture.ts';
import { constantCurrent, pooledImage } from '../analogue.ts';
import { onInt8Grid } from '../grid.ts';
import type { SpikingNetwork } from '../network.ts';
import { layerJob } from './layer-jobs.ts';
import type { LayerMemory } from './layer-memory.ts';
import { get, type Machine } from './machine.ts';
import { PIECE_BYTES } from './program/contract.ts';
import { runJobs } from './run-jobs.ts';

/** images: [count, ...input]. Writes the constant current of every layer that reads them. */
export function putConstantCurrents(
  machine: Machine,
  network: SpikingNetwork,
  layers: readonly LayerMemory[],
  images: Float32Array<ArrayBufferLike>,
): void {
  const pixels = mapSize(network.input);
  const all = Array.from({ length: images.length / pixels }, (_, i) =>
    images.subarray(i * pixels, (i + 1) * pixels),
  );
  for (const memory of layers) {
    if (!memory.analogue) continue;
    machine.profile?.enter('inference', memory.layer.name);
    if (memory.pixels.some(({ synapses }) => synapses.kind === 'identity'))
      plainly(machine, network, memory, all);
    else gathered(machine, network, memory, all);
  }
}

function plainly(
  machine: Machine,
  network: SpikingNetwork,
  memory: LayerMemory,
  images: readonly Float32Array[],
): void {
  const base = get(machine.heap, memory.analogue, 'currents');
  const { padded } = memory.blocks;
  const channels = memory.layer.shape[2];
  for (const [i, image] of images.entries()) {
    const current = constantCurrent(network, memory.layer, image);
    const to = machine.heap.f32(base + i * memory.mapBytes, memory.mapBytes / 4).fill(0);
    for (let n = 0; n < current.length; n++)
      to[Math.floor(n / channels) * padded + (n % channels)] = current[n]!;
  }
}

function gathered(
  machine: Machine,
  network: SpikingNetwork,
  memory: LayerMemory,
  images: readonly Float32Array[],
): void {
  const { heap, team, program } = machine;
  for (const [i, image] of images.entries()) {
    for (const { synapses, address } of memory.pixels) {
      const length = mapSize(synapses.map);
      heap.f32(address + i * length * 4, length).set(pooledImage(synapses, image));
    }
  }
  runJobs(machine, [layerJob(machine, memory, memory.analogue, { count: images.length, first: 0, end: 1 })]);
  if (!onInt8Grid(network)) return;
  const bytes = images.length * memory.mapBytes;
  team.run(program, 'toGrid', Math.ceil(bytes / PIECE_BYTES), [
    get(machine.heap, memory.analogue, 'currents'),
    bytes,
  ]);
}
