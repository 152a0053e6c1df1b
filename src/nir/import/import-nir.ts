/**
 * @file A graph of NIR as a spiking network of strelu, with the same spikes at every step: it is followed from the input to the output,
 * neurons become layers, what lies between them becomes synapses, and what strelu's engines cannot run is refused by name.
 */
import { InputError } from '../../errors.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { half } from '../../snn/neurons/half.ts';
import type { NirGraph } from '../graph.ts';
import { chooseNeuron, type Population } from './choose-neuron.ts';
import { components } from './components.ts';
import { type FlatGraph, flatGraph } from './flat-graph.ts';
import type { ImportNirOptions, NirImport, NirRow } from './import-report.ts';
import { integrateAndFire, type NeuronParts, neuronOfCycle } from './neuron-parts.ts';
import { spread } from './per-channel.ts';
import { asCurrent, type Current, type Signal, sum } from './signals.ts';
import { synapsesOf } from './synapses-of.ts';
import { throughNode } from './through-node.ts';

/** What has been found so far. */
interface Walk {
  readonly graph: FlatGraph;
  readonly signals: Map<number, Signal>;
  readonly populations: Population[];
  readonly currents: Current[];
  readonly rows: NirRow[];
  readonly placeOf: (node: number) => string;
  readonly partsOf: (from: number) => readonly number[];
}

/**
 * The spiking network that a graph describes.
 * @param source the file's name, for errors
 * @throws InputError naming the node, what was expected, what was found and what to do
 * @example
 * const { snn: again } = importNir(exportNir(snn), 'snn.nir');
 * again.neuron.name === snn.neuron.name; // true
 */
export function importNir(graph: NirGraph, source: string, options: ImportNirOptions = {}): NirImport {
  const flat = flatGraph(graph, source);
  const populations: Population[] = [];
  const walk: Walk = {
    graph: flat,
    signals: new Map(),
    populations,
    currents: [],
    rows: [],
    placeOf: (node) => `${source}: ${flat.names[node]}`,
    partsOf: (from) => (from < 0 ? [1] : populations[from]!.parts.map(({ sign }) => sign)),
  };
  for (const part of components(flat.targets)) visit(walk, part, options);
  return assemble(walk, options.name ?? source.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, ''));
}

function visit(walk: Walk, part: readonly number[], { ifReset = 'zero' }: ImportNirOptions): void {
  const { graph, placeOf } = walk;
  const at = part[0]!;
  const node = graph.nodes[at]!;
  const cyclic = part.length > 1 || graph.targets[at]!.includes(at);
  if (cyclic) addNeurons(walk, neuronOfCycle(graph, part, placeOf));
  else if (node.type === 'Input') walk.signals.set(at, image(walk, at, node.shape));
  else if (node.type === 'IF') addNeurons(walk, integrateAndFire(graph, at, placeOf(at), ifReset));
  else if (node.type === 'I') walk.signals.set(at, integrated(walk, at));
  else {
    const signal = sumInto(walk, graph.sources[at]!, at);
    walk.signals.set(at, throughNode(node, signal, placeOf(at), walk.partsOf));
    if (node.type !== 'Pass' && node.type !== 'Output') row(walk, at, node.type, becomes(node.type));
  }
}

const sumInto = ({ signals, placeOf, partsOf }: Walk, sources: readonly number[], at: number): Signal =>
  sum(
    sources.map((source) => signals.get(source)!),
    placeOf(at),
    partsOf,
  );

function row({ rows, graph }: Walk, at: number, type: string, became: string): void {
  rows.push({ node: graph.names[at]!, type, became });
}

function becomes(type: string): string {
  switch (type) {
    case 'Conv2d':
    case 'Linear':
    case 'Affine':
      return 'synapses';
    case 'SumPool2d':
    case 'AvgPool2d':
      return 'a pool before synapses';
    case 'Scale':
      return 'a factor in synapses, or an identity';
    case 'Threshold':
      return 'a constant in a bias';
    default:
      return 'the order of weights';
  }
}

function image(walk: Walk, at: number, shape: readonly number[]): Signal {
  if (walk.graph.sources[at]!.length > 0)
    throw new InputError(`${walk.placeOf(at)}: expected no edge to the Input, found one; remove it`);
  const [first = 1, second = 1, third] = shape;
  if (shape.length < 1 || shape.length > 3)
    throw new InputError(
      `${walk.placeOf(at)}: expected images of channels x height x width, height x width or n numbers, found ${shape.join('x') || 'none'}; leave out time and batch`,
    );
  const map: MapShape =
    shape.length === 1 ? [1, 1, first] : third === undefined ? [first, second, 1] : [second, third, first];
  const factor = new Float64Array(map[2]).fill(1);
  row(walk, at, 'Input', `images of ${map.join('x')}`);
  return { kind: 'spikes', shape, map, terms: [{ from: -1, part: 0, pool: null, factor }] };
}

/** The current times r. */
function scaled(current: Current, r: ArrayLike<number>, place: string): Current {
  if (Array.prototype.every.call(r, (value) => value === 1)) return current;
  const scale = { shape: current.shape, data: Float32Array.from(r) };
  // of zeros alone a constant is left
  return asCurrent(
    throughNode({ type: 'Scale', scale }, current, `${place}: r`, () => []),
    place,
    () => [],
  );
}

/** An integrator that fires at nothing may only be the last: the answer is the mean of its current. */
function integrated(walk: Walk, at: number): Signal {
  const { graph, placeOf, partsOf } = walk;
  const node = graph.nodes[at]!;
  if (node.type !== 'I') throw new Error(`${placeOf(at)}: no I`);
  const ends = graph.targets[at]!.every((target) => ['Output', 'Pass'].includes(graph.nodes[target]!.type));
  if (!ends)
    throw new InputError(
      `${placeOf(at)}: expected an integrator with thresholds that reset it, or one before the Output, found neither; use IF, or feed the spikes back through a Scale`,
    );
  const current = asCurrent(sumInto(walk, graph.sources[at]!, at), placeOf(at), partsOf);
  const r = spread(node.r, current, placeOf(at));
  row(walk, at, 'I', 'the readout, whose answer is the mean instead of the sum');
  return scaled(current, r, placeOf(at));
}

function addNeurons(walk: Walk, parts: NeuronParts): void {
  const { graph, populations, placeOf, partsOf } = walk;
  const { membrane, currents, shape } = parts;
  const place = placeOf(membrane);
  const signal = sumInto(walk, currents, membrane);
  if (signal.shape.join() !== shape.join())
    throw new InputError(
      `${place}: expected currents of shape ${shape.join('x')}, found ${signal.shape.join('x')}; correct the graph`,
    );
  const from = populations.length;
  const { map } = signal;
  walk.currents.push(scaled(asCurrent(signal, place, partsOf), parts.r, place));
  populations.push({ ...parts, place, map });
  for (const [part, { node }] of parts.parts.entries()) {
    const factor = new Float64Array(map[2]).fill(1);
    walk.signals.set(node, { kind: 'spikes', shape, map, terms: [{ from, part, pool: null, factor }] });
  }
  row(walk, membrane, graph.nodes[membrane]!.type, `neurons on a map of ${map.join('x')}`);
}

function assemble(walk: Walk, name: string): NirImport {
  const { graph, populations, placeOf, partsOf } = walk;
  const output = placeOf(graph.output);
  const answer = asCurrent(walk.signals.get(graph.output)!, output, partsOf);
  const [height, width, classes] = answer.map;
  if (height * width !== 1 && classes !== 1)
    throw new InputError(
      `${output}: expected one number for each class, found a map of ${answer.map.join('x')}; end in a matrix, or in one position`,
    );
  const { neuron, initialPotential, thetas } = chooseNeuron(populations, half);
  const input = inputMap(walk);
  const sourceOf = (from: number): MapShape => (from < 0 ? input : populations[from]!.map);
  let rounded = 0;
  const layerOf = (
    title: string,
    place: string,
    current: Current,
    theta: Float32Array<ArrayBuffer>,
  ): SpikingLayer => {
    const { map, bias } = current;
    const inputs = current.summands.map((summand) => {
      const found = synapsesOf(summand, sourceOf(summand.from), map, thetas);
      rounded += found.rounded;
      return found.synapses;
    });
    if (inputs.length === 0)
      throw new InputError(`${place}: no spikes and no image reach it, expected some; remove it`);
    return { name: title, shape: map, theta, bias: perChannelIfEqual(bias, map[2]), inputs };
  };
  const names = layerNames(walk);
  const layers = walk.currents.map((current, l) =>
    layerOf(names[l]!, populations[l]!.place, current, thetas[l]!),
  );
  layers.push(layerOf(names.at(-1)!, output, answer, new Float32Array(0)));
  const snn: SpikingNetwork = {
    name,
    input,
    classes: mapSize(answer.map),
    neuron,
    initialPotential,
    layers,
    provenance: { source: 'NIR' },
  };
  return { snn, report: { rows: walk.rows, neuron: neuron.name, initialPotential, roundedWeights: rounded } };
}

const inputMap = ({ signals, graph }: Walk): MapShape => signals.get(graph.input)!.map;

/** A population is called as its node, or as the graph that it is; the readout as the last node before the output. */
function layerNames({ graph, populations }: Walk): string[] {
  const last = graph.sources[graph.output]![0]!;
  const asked = [...populations.map(({ membrane }) => membrane), last].map((at, l) => {
    const name = graph.names[at]!;
    return l < populations.length && graph.nodes[at]!.type === 'I' ? name.replace(/\/[^/]*$/, '') : name;
  });
  const used = new Set<string>();
  return asked.map((name) => {
    let free = name;
    for (let n = 2; used.has(free); n++) free = `${name}_${n}`;
    used.add(free);
    return free;
  });
}

function perChannelIfEqual(bias: Float64Array, channels: number): Float32Array<ArrayBuffer> {
  const same = bias.every((b, i) => b === bias[i % channels]);
  return Float32Array.from(same ? bias.subarray(0, channels) : bias);
}
