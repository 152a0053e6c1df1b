/** @file What decides how long a layer takes on a machine, in words: the keys of a tuning table. */

import type { MapShape } from '../../nn/architecture.ts';
import { type MapWindow, pairOf } from '../../nn/map-window.ts';
import { type Geometry, isTrivial, scaledSynapses, synapseGeometry } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { countedLayers } from '../simd/counted-layers.ts';
import { precisionOf } from '../simd/precision.ts';
import { forKernels } from '../simd/row-memory.ts';
import { recordOptionsOf } from '../simulation.ts';

/**
 * What decides a layer's times on one machine, in words: the layer, about how many neurons of its sources spike, its numbers, its
 * neurons, T, threads.
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
  const { steps, schedule, runtime, record = {} } = request;
  const layer = network.layers[l]!;
  const spikes = layer.inputs.filter(({ from }) => from >= 0);
  const scaled = layer.inputs.map((s) => forKernels(scaledSynapses(network, layer, s)));
  const precision = precisionOf(network, scaled, l, { products: new Set(), schedule, record, steps });
  const kept = Object.entries(recordOptionsOf(record, l)).filter(
    ([name, asked]) => name !== 'layers' && asked,
  );
  return [
    ...spikes.map((s) => synapsesKey(synapseGeometry(network, layer, s), density[s.from]!)),
    `${network.grid?.kind ?? 'no'} grid`,
    precision,
    network.neuron.name,
    `T ${steps}`,
    ...(schedule === 'settling' ? [schedule] : []),
    ...(countedLayers(network, request).has(l) ? ['steps counted'] : []),
    ...(kept.length > 0 ? [`${kept.map(([name]) => name).join(' and ')} on record`] : []),
    `${runtime?.team.lanes ?? 1} threads`,
    `${images} images`,
  ].join(', ');
}

function synapsesKey(synapses: Geometry, density: number): string {
  const { kind, kernelHeight, kernelWidth, groups, source, sent, pool, maxPool, map, out } = synapses;
  return [
    kind === 'identity' ? 'identity' : `${kernelHeight}x${kernelWidth}`,
    `${map.join('x')} to ${out.join('x')}`,
    ...moves(synapses),
    ...(groups === 1 ? [] : [`groups ${groups}`]),
    ...poolKey('mean', pool, sent),
    ...(maxPool ? poolKey('max', maxPool, source) : []),
    `at about ${percentClass(density)} %`,
  ].join(' ');
}

/** Of what windows move by: what is not usual. */
function moves({ stride, padding, dilation }: Pick<MapWindow, 'stride' | 'padding' | 'dilation'>): string[] {
  const said = (name: string, sizes: readonly number[], usual: number): string[] =>
    sizes.every((size) => size === usual) ? [] : [`${name} ${sizes.join('x')}`];
  return [
    ...said('stride', pairOf(stride), 1),
    ...said('padding', padding, 0),
    ...said('dilation', pairOf(dilation), 1),
  ];
}

const poolKey = (name: string, window: MapWindow, map: MapShape): string[] =>
  isTrivial(window) ? [] : [name, window.window.join('x'), ...moves(window), `of ${map.join('x')}`];

/** A density to the nearest quarter of a power of two, in percent: images of the same kind are in one class. */
function percentClass(density: number): string {
  if (density <= 0) return '0';
  return (100 * 2 ** (Math.round(4 * Math.log2(density)) / 4)).toPrecision(2);
}
