/**
 * @file The JSON schema of network descriptions, from the table that the reader reads by. Published as network.schema.json beside
 * this file, so that an editor completes and checks a description while it is written.
 */
import { type FieldWord, LAYER_WORDS } from './network-words.ts';

type Json = Readonly<Record<string, unknown>>;

/** JSON Schema, draft 2020-12. */
export function networkSchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'strelu network description',
    description: 'A network as a list of layers; channels and inputs are found from the images.',
    type: 'object',
    required: ['name', 'layers'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      name: { type: 'string', description: 'name of the architecture' },
      layers: LAYERS,
    },
    $defs: {
      layer: {
        oneOf: Object.entries(LAYER_WORDS).map(([kind, { says, fields }]) => ({
          type: 'object',
          description: says,
          required: ['kind', ...Object.keys(fields).filter((field) => isRequired(fields[field]!))],
          additionalProperties: false,
          properties: {
            kind: { const: kind },
            ...Object.fromEntries(Object.entries(fields).map(([field, word]) => [field, schemaOf(word)])),
          },
        })),
      },
    },
  };
}

const LAYERS: Json = { type: 'array', items: { $ref: '#/$defs/layer' } };

const isRequired = (word: FieldWord): boolean =>
  word.type === 'layers' ? word.optional !== true : word.fallback === undefined;

function schemaOf(word: FieldWord): Json {
  const description = word.says;
  switch (word.type) {
    case 'integer':
      return { type: 'integer', minimum: word.minimum, default: word.fallback, description };
    case 'number':
      return {
        type: 'number',
        minimum: word.minimum,
        maximum: word.maximum,
        default: word.fallback,
        description,
      };
    case 'boolean':
      return { type: 'boolean', default: word.fallback, description };
    case 'choice':
      return { enum: word.choices, default: word.fallback, description };
    case 'layers':
      return { ...LAYERS, description };
  }
}
