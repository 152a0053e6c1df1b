/** @file What decides how long a layer takes on a machine, in words: the keys of a tuning table. */
import { pairOf } from '../../nn/map-window.ts';
import { type Geometry, isTrivial, synapseGeometry } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { countedLayers } from '../simd/counted-layers.ts';

/**
 * What decides a layer's times on one machine, in words: the layer, how many neurons of its sources spike, T, threads.
 * @param density of each layer: spikes of a neuron and step
 * @param images how many are timed together
 */
export function layerKey(
  network: SpikingNetwork,
  request: SimulationRequest,
  l: number,
  density: readonly number[],
  images: number,
): string {
  const { steps, schedule, runtime } = request;
  const layer = network.layers[l]!;
  const spikes = layer.inputs.filter(({ from }) => from >= 0);
  return [
    ...spikes.map((s) => synapsesKey(synapseGeometry(network, layer, s), density[s.from]!)),
    `${network.grid?.kind ?? 'no'} grid`,
    network.neuron.name,
    `${schedule === 'settling' ? 'settling ' : ''}T ${steps}${countedLayers(network, request).has(l) ? ' counted' : ''}`,
    `${runtime?.team.lanes ?? 1} threads`,
    `${images} images`,
  ].join(', ');
}

function synapsesKey(synapses: Geometry, density: number): string {
  const { kind, kernelHeight, kernelWidth, stride, padding, dilation, groups, map, out } = synapses;
  const { pool, maxPool } = synapses;
  const unusual = (name: string, sizes: readonly number[], usual: number): string =>
    sizes.every((size) => size === usual) ? '' : ` ${name} ${sizes.join('x')}`;
  return [
    `${kind === 'identity' ? 'identity' : `${kernelHeight}x${kernelWidth}`} ${map.join('x')} to ${out.join('x')}`,
    unusual('stride', pairOf(stride), 1),
    unusual('padding', padding, 0),
    unusual('dilation', pairOf(dilation), 1),
    unusual('groups', [groups], 1),
    isTrivial(pool) ? '' : ` mean ${pool.window.join('x')}`,
    maxPool ? ` max ${maxPool.window.join('x')}` : '',
    ` at ${percentClass(density)} %`,
  ].join('');
}

/** A density to the nearest quarter of a power of two, in percent: images of the same kind are in one class. */
function percentClass(density: number): string {
  if (density <= 0) return '0';
  return (100 * 2 ** (Math.round(4 * Math.log2(density)) / 4)).toPrecision(3);
}
