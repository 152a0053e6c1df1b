/**
 * @file From nodes to steps, one after the other.
 */

import { mapSize } from '../../nn/architecture.ts';
import type { Constant } from '../constant.ts';
import { constantOf } from '../initialiser.ts';
import { attributesOf, type Call, type Value } from './call.ts';
import { CONSTANT_FOLDS } from './constants/index.ts';
import type { LiveNodes, PlacedNode } from './live-nodes.ts';
import { LARGEST_MAP, type OpenedModel } from './open-model.ts';
import { OPERATORS, remedyFor } from './operators/index.ts';
import { type NodePlace, refuse } from './place.ts';
import type { Signal } from './step.ts';

/** So many values may be made of constants besides four times those that are stored. */
export const SPARE_VALUES: number = 2 ** 23;

export const storedValues = (constants: ReadonlyMap<string, Constant>): number =>
  [...constants.values()].reduce((sum, { data }) => sum + data.length, 0);

/** What a node became, where no layer says so. */
export type Notes = Map<NodePlace, string>;

/**
 * The network's output, made of steps; null: no node makes it as its first output.
 * @throws InputError naming the node that cannot be converted
 */
export function runNodes(
  { opset, input, shape, view, output }: OpenedModel,
  { live }: LiveNodes,
  constants: ReadonlyMap<string, Constant>,
): { readonly value: Value | null; readonly notes: Notes } {
  refuseUnknown(live);
  const values = new Map<string, Value>([...constants].map(([name, constant]) => [name, { constant }]));
  const image: Signal = { step: { kind: 'input', inputs: [], nodes: [] }, shape, view };
  values.set(input, { signal: image });
  const used = new Set([output, ...live.flatMap(({ node }) => node.input)]);
  const notes: Notes = new Map();
  let budget = SPARE_VALUES + 4 * storedValues(constants);
  for (const { node, place } of live) {
    const inputs = node.input.map((name) => (name === '' ? null : given(values.get(name), name, place)));
    const call: Call = {
      place,
      opset,
      inputs,
      attributes: attributesOf(node),
      decode: (tensor, what) => constantOf(tensor, undefined, `${place.words}: ${what}`),
      usedOutputs: node.output.map((name) => name !== '' && used.has(name)),
    };
    const fixed = inputs.every((value) => value === null || 'constant' in value);
    const operator = node.opType ?? '';
    const [first = ''] = node.output;
    if (fixed) {
      const fold = own(CONSTANT_FOLDS, operator);
      if (!fold) return refuse(place, 'it does not depend on the image', remedyFor(operator));
      const constant = fold(call);
      budget -= constant.data.length;
      if (budget < 0)
        refuse(place, 'more is computed from constants than the file holds', 'store weights as initialisers');
      values.set(first, { constant });
      notes.set(place, 'a constant: computed now');
      continue;
    }
    const { value, became } = own(OPERATORS, operator)!(call);
    if ('signal' in value && !(mapSize(value.signal.shape) <= LARGEST_MAP))
      refuse(place, `a map of ${value.signal.shape.join('x')} is too large`, 'export it for smaller images');
    values.set(first, value);
    if (became !== undefined) notes.set(place, became);
  }
  return { value: values.get(output) ?? null, notes };
}

/** Only first outputs have values: masks and places are not computed. */
const given = (value: Value | undefined, name: string, place: NodePlace): Value =>
  value ??
  refuse(
    place,
    `input ${name} is a second output of its node`,
    'use the first outputs only, in evaluation mode',
  );

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** All operators that are unknown are named at once. */
function refuseUnknown(live: readonly PlacedNode[]): void {
  const unknown = live.filter(
    ({ node, place }) =>
      place.operator !== (node.opType ?? '') ||
      (!own(OPERATORS, place.operator) && !own(CONSTANT_FOLDS, place.operator)),
  );
  const [first, ...others] = unknown;
  if (!first) return;
  const more = [...new Set(others.map(({ place }) => place.operator))].filter(
    (name) => name !== first.place.operator,
  );
  refuse(
    first.place,
    `operator ${first.place.operator} cannot be converted${more.length > 0 ? `, nor can ${more.join(', ')}` : ''}`,
    remedyFor(first.place.operator),
  );
}
