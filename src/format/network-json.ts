/**
 * @file Reads a network description, the JSON form of `sequential`: { "name": "net", "layers": [{ "kind": "conv2d", ... }, ...] }.
 */
import { InputError } from '../errors.ts';
import { suggestion } from '../near.ts';
import type { LayerSpec } from '../nn/layers.ts';
import type { Frame } from '../nn/map-window.ts';
import { type Network, sequential } from '../nn/sequential.ts';
import { brief, type Fields, readFields } from './fields.ts';
import { type FieldWord, type Found, LAYER_WORDS } from './network-words.ts';

/** A network and its name. */
export interface NetworkDescription {
  readonly name: string;
  readonly network: Network;
}

/**
 * The network that a JSON value describes. No field passes that the description does not know.
 * @param source the file's name, for errors
 * @throws InputError naming the layer and the field
 * @example
 * const { network } = parseNetwork({ name: 'net', layers: [{ kind: 'flatten' }, { kind: 'linear', outputs: 10 }] }, 'net.json');
 * network([28, 28, 1]).classes; // 10
 */
export function parseNetwork(value: unknown, source: string): NetworkDescription {
  return readFields(value, source, (fields) => {
    fields.only(['$schema', 'name', 'layers']);
    const name = fields.text('name');
    return { name, network: sequential(...layersOf(fields, 'layers')) };
  });
}

const layersOf = (fields: Fields, field: string): LayerSpec[] => fields.list(field).map(parseLayer);

function parseLayer(fields: Fields): LayerSpec {
  const kind = fields.text('kind');
  const word = Object.hasOwn(LAYER_WORDS, kind) ? LAYER_WORDS[kind]! : null;
  if (!word) {
    const kinds = Object.keys(LAYER_WORDS);
    throw new InputError(`${fields.place}: unknown layer ${brief(kind)}; ${suggestion(kind, kinds)}`);
  }
  fields.only(['kind', ...Object.keys(word.fields)], kind);
  return word.make(foundIn(fields, word.fields));
}

function foundIn(fields: Fields, words: Readonly<Record<string, FieldWord>>): Found {
  function wordOf<T extends FieldWord['type']>(field: string, type: T): Extract<FieldWord, { type: T }> {
    const word = words[field];
    if (word?.type !== type) throw new Error(`network description: ${field} is no ${type}`);
    return word as Extract<FieldWord, { type: T }>;
  }
  const given = <T>(field: string, fallback: T | undefined, read: () => T): T =>
    fields.has(field) || fallback === undefined ? read() : fallback;
  return {
    integer(field) {
      const { minimum, fallback } = wordOf(field, 'integer');
      return given(field, fallback, () => fields.count(field, minimum));
    },
    number(field) {
      const { minimum, maximum, fallback } = wordOf(field, 'number');
      return given(field, fallback, () => fields.number(field, minimum, maximum));
    },
    boolean: (field) => given(field, wordOf(field, 'boolean').fallback, () => fields.flag(field)),
    choice<T extends string>(field: string) {
      const { choices, fallback } = wordOf(field, 'choice');
      return given(field, fallback, () => fields.choice(field, choices)) as T;
    },
    pair(field) {
      const { minimum, fallback } = wordOf(field, 'pair');
      if (!fields.has(field) && fallback !== undefined) return fallback === 'window' ? undefined : fallback;
      return fields.pair(field, minimum);
    },
    border(field) {
      const { fallback } = wordOf(field, 'border');
      return given<Frame>(field, fallback, () => fields.border(field));
    },
    branches(field) {
      wordOf(field, 'branches');
      return fields.lists(field).map((branch) => branch.map(parseLayer));
    },
    layers(field) {
      const { optional } = wordOf(field, 'layers');
      return optional && !fields.has(field) ? [] : layersOf(fields, field);
    },
  };
}
