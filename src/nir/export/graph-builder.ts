/**
 * @file A graph while it is put together: nodes with names that HDF5, PyTorch and people can read, and edges in their order.
 */
import type { NirGraph, NirNode } from '../graph.ts';

export class GraphBuilder {
  readonly #nodes = new Map<string, NirNode>();
  readonly #edges: (readonly [string, string])[] = [];

  /** The name it got: the one that was asked for, with what is neither letter nor digit as _, and a number where it is taken. */
  add(asked: string, node: NirNode): string {
    const plain = asked.replaceAll(/[^A-Za-z0-9_]/g, '_') || 'node';
    let name = plain;
    for (let n = 2; this.#nodes.has(name); n++) name = `${plain}_${n}`;
    this.#nodes.set(name, node);
    return name;
  }

  /** A node behind others; the order of its sources is the order of their sum. */
  after(from: readonly string[], asked: string, node: NirNode): string {
    const name = this.add(asked, node);
    for (const source of from) this.connect(source, name);
    return name;
  }

  connect(from: string, to: string): void {
    this.#edges.push([from, to]);
  }

  build(metadata?: Readonly<Record<string, string>>): NirGraph {
    return { type: 'NIRGraph', nodes: this.#nodes, edges: this.#edges, ...(metadata && { metadata }) };
  }
}
