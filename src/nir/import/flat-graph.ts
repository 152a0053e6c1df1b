/**
 * @file A graph without graphs in it: the nodes of a graph within take the place of its name, act1/membrane, and its Input and Output
 * only pass values on. Whether a neuron is written as one node, as a graph, or as nodes side by side is then the same.
 */
import { InputError } from '../../errors.ts';
import type { NirGraph, NirNode } from '../graph.ts';

/** A node that does something, or one that only passes the sum of its sources on. */
export type FlatNode = Exclude<NirNode, NirGraph> | { readonly type: 'Pass' };

/** Nodes by number: 0 and on. */
export interface FlatGraph {
  readonly names: readonly string[];
  readonly nodes: readonly FlatNode[];
  /** Of each node: where its values come from, in the order of the edges, and where they go. */
  readonly sources: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
  /** The one Input and the one Output. */
  readonly input: number;
  readonly output: number;
}

/**
 * @param source the file's name, for errors
 * @throws InputError for several inputs or outputs
 */
export function flatGraph(graph: NirGraph, source: string): FlatGraph {
  const names: string[] = [];
  const nodes: FlatNode[] = [];
  const edges: (readonly [number, number])[] = [];

  /** Where values enter a node of this graph, and where they leave it. */
  type Ends = readonly [entry: number, exit: number];
  const single = (found: readonly number[], type: string, place: string): number => {
    if (found.length === 1) return found[0]!;
    const list = found.map((at) => names[at]).join(', ') || 'none';
    throw new InputError(
      `${source}: expected one ${type} in ${place}, found ${list}; strelu's networks have one image and one answer`,
    );
  };
  const add = (inner: NirGraph, prefix: string): Ends => {
    const place = prefix === '' ? 'the graph' : prefix.slice(0, -1);
    const ends = new Map<string, Ends>();
    const [inputs, outputs]: [number[], number[]] = [[], []];
    for (const [key, node] of inner.nodes) {
      if (node.type === 'NIRGraph') {
        ends.set(key, add(node, `${prefix}${key}/`));
        continue;
      }
      const at = names.push(`${prefix}${key}`) - 1;
      const isEnd = node.type === 'Input' || node.type === 'Output';
      if (isEnd) (node.type === 'Input' ? inputs : outputs).push(at);
      nodes.push(isEnd && prefix !== '' ? { type: 'Pass' } : node);
      ends.set(key, [at, at]);
    }
    for (const [from, to] of inner.edges) edges.push([ends.get(from)![1], ends.get(to)![0]]);
    return [single(inputs, 'Input', place), single(outputs, 'Output', place)];
  };
  const [input, output] = add(graph, '');
  const sources: number[][] = nodes.map(() => []);
  const targets: number[][] = nodes.map(() => []);
  for (const [from, to] of edges) {
    sources[to]!.push(from);
    targets[from]!.push(to);
  }
  return { names, nodes, sources, targets, input, output };
}
