/**
 * @file The nodes that the output needs, in an order in which each finds its inputs.
 */
import { InputError } from '../../errors.ts';
import type { OnnxGraph, OnnxNode } from '../wire/messages.ts';
import { type NodePlace, placeOf, refuse } from './place.ts';

export interface PlacedNode {
  readonly node: OnnxNode;
  readonly place: NodePlace;
}

export interface LiveNodes {
  readonly live: readonly PlacedNode[];
  /** Nothing of them reaches the output. */
  readonly unused: readonly PlacedNode[];
}

/**
 * @param fixed names of initialisers and inputs
 * @throws InputError for a value that is made twice, by nobody, or of itself
 */
export function liveNodes(
  graph: OnnxGraph,
  output: string,
  fixed: ReadonlySet<string>,
  source: string,
): LiveNodes {
  const count = graph.node.length;
  const all = graph.node.map((node, i) => ({ node, place: placeOf(node, i, count, source) }));
  const makers = new Map<string, PlacedNode>();
  for (const placed of all)
    for (const name of placed.node.output.filter(Boolean)) {
      if (makers.has(name) || fixed.has(name))
        refuse(placed.place, `value ${name} is made twice`, 'give every value a name of its own');
      makers.set(name, placed);
    }
  const state = new Map<PlacedNode, 'open' | 'done'>();
  const live: PlacedNode[] = [];
  // A stack in place of recursion: a file may be as deep as it likes.
  const stack: { placed: PlacedNode; next: number }[] = [];
  const enter = (name: string, asker: NodePlace | null): void => {
    if (name === '' || fixed.has(name)) return;
    const placed = makers.get(name);
    if (!placed) {
      const missing = `value ${name} is made by no node and no initialiser`;
      if (asker) refuse(asker, missing, 'the file is damaged: export it again');
      throw new InputError(`${source}: output ${name}: ${missing}; export it again`);
    }
    if (state.get(placed) === 'open')
      refuse(placed.place, `value ${name} depends on itself`, 'a cycle has no order: unroll it');
    if (state.has(placed)) return;
    state.set(placed, 'open');
    stack.push({ placed, next: 0 });
  };
  enter(output, null);
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const name = top.placed.node.input[top.next++];
    if (name !== undefined) enter(name, top.placed.place);
    else {
      state.set(top.placed, 'done');
      live.push(top.placed);
      stack.pop();
    }
  }
  return { live, unused: all.filter((placed) => !state.has(placed)) };
}
