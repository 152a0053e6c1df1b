/**
 * @file Runs graphs of NIR step by step, by the words of docs/guide/nir.md: a reader of strelu's files that shares nothing with the
 * import but the graph's types. Numbers are float64, maps are channels first.
 */
import type { NirArray, NirConv2d, NirGraph, NirNode, NirPool2d } from '../../src/nir/graph.ts';

/** Values and their shape. */
interface Value {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const value = (shape: readonly number[], of: (i: number) => number): Value => ({
  shape,
  data: Float64Array.from({ length: size(shape) }, (_, i) => of(i)),
});
const at = ({ data }: NirArray, i: number): number => data[data.length === 1 ? 0 : i]!;

/** A graph and its state. An edge to an integrator from within its own cycle is one step late. */
export class GraphRun {
  /** The values of all nodes in the last step. */
  values: ReadonlyMap<string, Value> = new Map();
  readonly #graph: NirGraph;
  readonly #order: readonly string[];
  readonly #late: ReadonlySet<string>;
  readonly #inner = new Map<string, GraphRun>();
  readonly #state = new Map<string, Value>();

  constructor(graph: NirGraph) {
    this.#graph = graph;
    for (const [name, node] of graph.nodes)
      if (node.type === 'NIRGraph') this.#inner.set(name, new GraphRun(node));
    const late = graph.edges.filter(
      ([from, to]) => graph.nodes.get(to)!.type === 'I' && leads(graph, to, from),
    );
    this.#late = new Set(late.map(String));
    this.#order = ordered(graph, this.#late);
  }

  /** One step; returns what leaves the graph. */
  step(input: Value): Value {
    const before = this.values;
    const now = new Map<string, Value>();
    this.values = now;
    let output: Value | undefined;
    for (const name of this.#order) {
      const node = this.#graph.nodes.get(name)!;
      if (node.type === 'Input') now.set(name, input);
      else {
        const sum = this.#graph.edges
          .filter(([, to]) => to === name)
          .map((edge) => (this.#late.has(String(edge)) ? before : now).get(edge[0]))
          .filter((found) => found !== undefined)
          .reduce((a, b) => value(a.shape, (i) => a.data[i]! + b.data[i]!));
        now.set(name, this.#inner.get(name)?.step(sum) ?? this.#apply(name, node, sum));
      }
      if (node.type === 'Output') output = now.get(name);
    }
    return output!;
  }

  #apply(name: string, node: NirNode, x: Value): Value {
    switch (node.type) {
      case 'Output':
        return x;
      case 'I': {
        const v = this.#state.get(name);
        const next = value(x.shape, (i) => (v?.data[i] ?? 0) + at(node.r, i) * x.data[i]!);
        this.#state.set(name, next);
        return next;
      }
      case 'IF': {
        const v = this.#state.get(name);
        const m = value(x.shape, (i) => (v?.data[i] ?? 0) + at(node.r, i) * x.data[i]!);
        const s = value(x.shape, (i) => (m.data[i]! > at(node.v_threshold, i) ? 1 : 0));
        const { v_reset } = node;
        this.#state.set(
          name,
          value(x.shape, (i) => (s.data[i] === 1 ? (v_reset ? at(v_reset, i) : 0) : m.data[i]!)),
        );
        return s;
      }
      case 'Threshold':
        return value(x.shape, (i) => (x.data[i]! > at(node.threshold, i) ? 1 : 0));
      case 'Scale':
        return value(x.shape, (i) => x.data[i]! * at(node.scale, i));
      case 'Linear':
      case 'Affine': {
        const [outputs, inputs] = node.weight.shape as [number, number];
        return value([outputs], (o) => {
          let y = node.type === 'Affine' ? node.bias.data[o]! : 0;
          for (let i = 0; i < inputs; i++) y += node.weight.data[o * inputs + i]! * x.data[i]!;
          return y;
        });
      }
      case 'Conv2d':
        return convolved(node, x);
      case 'SumPool2d':
      case 'AvgPool2d':
        return pooled(node, x);
      case 'Flatten': {
        const dims = x.shape.length;
        const [a, b] = [node.start_dim, node.end_dim].map((d) => (d + dims) % dims) as [number, number];
        const shape = [...x.shape.slice(0, a), size(x.shape.slice(a, b + 1)), ...x.shape.slice(b + 1)];
        return { shape, data: x.data };
      }
      default:
        throw new Error(`${name}: no interpreter for ${node.type}`);
    }
  }
}

/** Whether the edges lead from one node to another. */
function leads({ edges }: NirGraph, from: string, to: string): boolean {
  const seen = new Set<string>([from]);
  for (const node of seen) for (const [a, b] of edges) if (a === node) seen.add(b);
  return seen.has(to);
}

/** Sources before targets. */
function ordered({ nodes, edges }: NirGraph, late: ReadonlySet<string>): string[] {
  const done = new Set<string>();
  while (done.size < nodes.size) {
    const before = done.size;
    for (const name of nodes.keys())
      if (edges.every((edge) => edge[1] !== name || late.has(String(edge)) || done.has(edge[0])))
        done.add(name);
    if (done.size === before) throw new Error('a cycle without an integrator');
  }
  return [...done];
}

function convolved({ weight, bias, stride, padding, dilation, groups }: NirConv2d, x: Value): Value {
  const [outputs, inputs, kh, kw] = weight.shape as [number, number, number, number];
  const [, height, width] = x.shape as [number, number, number];
  const [sh, sw, dh, dw] = [...stride, ...dilation] as [number, number, number, number];
  const reach = [dh * (kh - 1), dw * (kw - 1)] as const;
  const none = padding === 'valid' ? [0, 0] : padding;
  const [ph, pw] = none === 'same' ? [reach[0] >> 1, reach[1] >> 1] : (none as [number, number]);
  const [oh, ow] =
    none === 'same'
      ? [height, width]
      : [
          Math.floor((height + 2 * ph - reach[0] - 1) / sh) + 1,
          Math.floor((width + 2 * pw - reach[1] - 1) / sw) + 1,
        ];
  return value([outputs, oh, ow], (place) => {
    const [o, row, column] = [Math.floor(place / (oh * ow)), Math.floor(place / ow) % oh, place % ow];
    const first = Math.floor(o / (outputs / groups)) * inputs;
    let y = bias.data[o]!;
    for (let i = 0; i < inputs; i++)
      for (let ky = 0; ky < kh; ky++)
        for (let kx = 0; kx < kw; kx++) {
          const [r, c] = [row * sh + ky * dh - ph, column * sw + kx * dw - pw];
          if (r < 0 || c < 0 || r >= height || c >= width) continue;
          y +=
            weight.data[((o * inputs + i) * kh + ky) * kw + kx]! *
            x.data[((first + i) * height + r) * width + c]!;
        }
    return y;
  });
}

function pooled({ type, kernel_size, stride, padding }: NirPool2d, x: Value): Value {
  const [channels, height, width] = x.shape as [number, number, number];
  const [kh, kw, sh, sw, ph, pw] = [...kernel_size, ...stride, ...padding] as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [oh, ow] = [Math.floor((height + 2 * ph - kh) / sh) + 1, Math.floor((width + 2 * pw - kw) / sw) + 1];
  return value([channels, oh, ow], (place) => {
    const [ch, row, column] = [Math.floor(place / (oh * ow)), Math.floor(place / ow) % oh, place % ow];
    let y = 0;
    for (let ky = 0; ky < kh; ky++)
      for (let kx = 0; kx < kw; kx++) {
        const [r, c] = [row * sh + ky - ph, column * sw + kx - pw];
        if (r >= 0 && c >= 0 && r < height && c < width) y += x.data[(ch * height + r) * width + c]!;
      }
    return type === 'AvgPool2d' ? y / (kh * kw) : y;
  });
}

/** Spikes of a run: [step, place in the node's shape, number]. */
export type SpikeEvents = readonly (readonly [number, number, number])[];

/** A run over some steps: the spikes by node, and what leaves the graph in every step. */
export interface GraphAnswer {
  readonly spikes: Readonly<Record<string, SpikeEvents>>;
  readonly outputs: readonly (readonly number[])[];
}

/** @param image in the graph's order */
export function runGraph(graph: NirGraph, image: ArrayLike<number>, steps: number): GraphAnswer {
  const run = new GraphRun(graph);
  const input = [...graph.nodes.values()].find((node) => node.type === 'Input')!;
  const given = value((input as { readonly shape: readonly number[] }).shape, (i) => image[i]!);
  const typeOf = (name: string): string => graph.nodes.get(name)!.type;
  const behind = (name: string): boolean =>
    typeOf(name) === 'Threshold' && graph.edges.some(([from, to]) => to === name && typeOf(from) === 'I');
  const spiking = [...graph.nodes.keys()].filter(
    (name) => typeOf(name) === 'NIRGraph' || typeOf(name) === 'IF' || behind(name),
  );
  const spikes: Record<string, [number, number, number][]> = Object.fromEntries(
    spiking.map((name) => [name, []]),
  );
  const outputs = Array.from({ length: steps }, (_, t) => {
    const { data } = run.step(given);
    for (const [name, events] of Object.entries(spikes))
      run.values.get(name)!.data.forEach((s, i) => {
        if (s !== 0) events.push([t, i, s]);
      });
    return [...data];
  });
  return { spikes, outputs };
}
