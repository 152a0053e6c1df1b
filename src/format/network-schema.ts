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

const PAIR: readonly string[] = ['vertical', 'horizontal'];
const SIDES: readonly string[] = ['top', 'bottom', 'left', 'right'];

/** A number, or a list with one for each of these. */
const numbers = (of: readonly string[], minimum: number): Json => ({
  oneOf: [
    { type: 'integer', minimum },
    {
      type: 'array',
      items: { type: 'integer', minimum },
      minItems: of.length,
      maxItems: of.length,
      description: of.join(', '),
    },
  ],
});

const LAYERS: Json = { type: 'array', items: { $ref: '#/$defs/layer' } };

function isRequired(word: FieldWord): boolean {
  if (word.type === 'branches') return true;
  return word.type === 'layers' ? word.optional !== true : word.fallback === undefined;
}

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
    case 'pair':
      return {
        ...numbers(PAIR, word.minimum),
        ...(typeof word.fallback === 'number' && { default: word.fallback }),
        description:
          word.fallback === 'window' ? `${description}; as large as the window if left out` : description,
      };
    case 'border':
      return { ...numbers(SIDES, 0), default: word.fallback, description };
    case 'layers':
      return { ...LAYERS, description };
    case 'branches':
      return { type: 'array', items: LAYERS, minItems: 1, description };
  }
}
