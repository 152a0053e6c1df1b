/**
 * @file What became of each node, for tables and results.
 */
import { printablePart } from '../../printable.ts';
import type { LiveNodes } from './live-nodes.ts';
import type { NodePlace } from './place.ts';

/** One node of the file. */
export interface ImportedNode {
  /** 1 is the first of the file. */
  readonly position: number;
  readonly name: string;
  readonly operator: string;
  /** The layers that it is part of, or why there is none: 'conv1', 'act1 (strelu)', 'layout only: nothing to compute'. */
  readonly became: string;
}

/** What a file became. */
export interface ImportReport {
  /** 'pytorch 1.13.0'; empty where the file does not say. */
  readonly producer: string;
  readonly opset: number;
  readonly nodes: readonly ImportedNode[];
  readonly layers: number;
  readonly parameters: number;
  /** Where mean and deviation of the images come from. */
  readonly normalisation: 'given' | 'metadata' | 'none';
}

/** Every node of the file, in its order. */
export function importedNodes(
  { live, unused }: LiveNodes,
  layers: ReadonlyMap<NodePlace, readonly string[]>,
  notes: ReadonlyMap<NodePlace, string>,
): ImportedNode[] {
  const row = ({ position, name, operator }: NodePlace, became: string): ImportedNode => ({
    position,
    name: printablePart(name),
    operator: printablePart(operator),
    became,
  });
  const used = live.map(({ place }) =>
    row(place, layers.get(place)?.join(', ') || notes.get(place) || 'left out: it changes nothing'),
  );
  const rest = unused.map(({ place }) => row(place, 'unused: the output does not depend on it'));
  return [...used, ...rest].sort((a, b) => a.position - b.position);
}
