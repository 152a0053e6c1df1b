/**
 * @file A spiking network as a graph of NIR that means the same in any reader: input -> for each layer weights and neurons -> output.
 *
 * The image is the input at every step, the output is the current of the readout, whose mean over the steps is the answer. What the
 * steps of a reader have to be like is written in docs/guide/nir.md.
 */
import { InputError } from '../../errors.ts';
import { toChannelsFirst } from '../../format/channels-first.ts';
import { mapSize } from '../../nn/architecture.ts';
import { sourceShape } from '../../snn/geometry.ts';
import { onInt8Grid } from '../../snn/grid.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { unsaid } from '../firing.ts';
import { filled, type NirGraph } from '../graph.ts';
import { GraphBuilder } from './graph-builder.ts';
import { neuronNode } from './neuron-node.ts';
import { type Source, synapseNodes } from './synapse-nodes.ts';

/**
 * The graph of a spiking network that runs in the schedule `streaming`.
 * @throws InputError for a network that NIR cannot say: neurons that count their spikes (tracer, memory), the int8 grid
 * @example
 * const graph = exportNir(snn);
 * graph.nodes.get('input').type; // 'Input'
 */
export function exportNir(network: SpikingNetwork): NirGraph {
  const why = unsaid(network.neuron);
  if (why) throw new InputError(`${network.name}: cannot be said in NIR: ${why}`);
  if (onInt8Grid(network))
    throw new InputError(
      `${network.name}: cannot be said in NIR: the int8 grid rounds the image's current, and no node of NIR rounds; export the network that was quantised`,
    );
  const graph = new GraphBuilder();
  const input = graph.add('input', { type: 'Input', shape: nirShape(network, -1) });
  const sources = new Map<number, Source>([[-1, { node: input, shape: nirShape(network, -1) }]]);
  const readout = network.layers.length - 1;
  for (const [l, layer] of network.layers.entries()) {
    const shape = nirShape(network, l);
    const name = l === readout ? layer.name : `${layer.name}_input`;
    const currents = currentNodes(graph, network, layer, sources, shape, name);
    const node = l === readout ? null : neuronNode(network, layer, shape);
    const added = graph.after(currents, node ? layer.name : 'output', node ?? { type: 'Output', shape });
    sources.set(l, { node: added, shape });
  }
  return graph.build({ software: 'strelu', neuron: `${network.neuron.name} ${network.neuron.says}` });
}

/** [channels, height, width]; [n] for a vector. */
function nirShape(network: SpikingNetwork, l: number): readonly number[] {
  const [height, width, channels] = sourceShape(network, l);
  return isVector(network, l) ? [channels] : [channels, height, width];
}

/** One position that a matrix or a vector makes; of images, one that only matrices read. */
function isVector(network: SpikingNetwork, l: number): boolean {
  const [height, width] = sourceShape(network, l);
  if (height * width !== 1) return false;
  if (l >= 0)
    return network.layers[l]!.inputs.some(({ kind, from }) => kind === 'linear' || isVector(network, from));
  const readers = network.layers.flatMap(({ inputs }) => inputs.filter(({ from }) => from === l));
  return readers.every(({ kind }) => kind === 'linear');
}

/** The nodes that the neurons of a layer sum: its groups of synapses, in their order, and a bias that no weights can add. */
function currentNodes(
  graph: GraphBuilder,
  network: SpikingNetwork,
  layer: SpikingLayer,
  sources: ReadonlyMap<number, Source>,
  shape: readonly number[],
  name: string,
): string[] {
  const { bias, inputs } = layer;
  const biased = bias.some((value) => value !== 0);
  const perChannel = bias.length === layer.shape[2];
  const adder = perChannel ? inputs.findIndex(({ kind }) => kind !== 'identity') : -1;
  const ends = inputs.map((synapses, k) => {
    const source = sources.get(synapses.from)!;
    const end = synapseNodes(
      graph,
      network,
      layer,
      synapses,
      source,
      biased && k === adder ? bias : null,
      k === 0 ? name : `${name}${k + 1}`,
    );
    return flattened(graph, end, shape, name);
  });
  return biased && adder < 0 ? [...ends, constantNode(graph, layer, ends[0]!, shape, name)] : ends;
}

/** A map of one position where the layer is a vector. */
function flattened(graph: GraphBuilder, end: Source, shape: readonly number[], name: string): string {
  if (end.shape.length === shape.length) return end.node;
  return graph.after([end.node], `${name}_flatten`, {
    type: 'Flatten',
    input_type: end.shape,
    start_dim: 0,
    end_dim: -1,
  });
}

/** A bias that differs from position to position: 0 is above -1 at every step, so that the threshold is a source of ones. */
function constantNode(
  graph: GraphBuilder,
  layer: SpikingLayer,
  from: string,
  shape: readonly number[],
  name: string,
): string {
  const { bias } = layer;
  const zero = graph.after([from], `${name}_zero`, { type: 'Scale', scale: filled(shape, 0) });
  const one = graph.after([zero], `${name}_one`, { type: 'Threshold', threshold: filled(shape, -1) });
  const data = toChannelsFirst(layer.shape, (i) => bias[i % bias.length]!);
  if (data.length !== mapSize(layer.shape)) throw new Error(`${layer.name}: a bias of another size`);
  return graph.after([one], `${name}_bias`, { type: 'Scale', scale: { shape, data } });
}
