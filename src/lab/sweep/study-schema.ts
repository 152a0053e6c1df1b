/** @file The JSON schema of studies, published as study.schema.json beside this file. */
import { MOST_SHARDS } from '../simulate/shard.ts';
import { OWN_OPTIONS, STAGE_COMMANDS } from './study.ts';

type Json = Readonly<Record<string, unknown>>;

const VALUE: Json = { type: ['string', 'number', 'boolean'] };
const setting = (description: string): Json => ({ type: 'object', description, additionalProperties: VALUE });
const names = (description: string): Json => ({ type: 'array', description, items: { type: 'string' } });

const INTERVAL: Json = {
  type: 'object',
  required: ['from', 'to'],
  additionalProperties: false,
  properties: {
    from: { type: 'number' },
    to: { type: 'number' },
    log: { type: 'boolean', description: 'even in the logarithm' },
    whole: { type: 'boolean', description: 'whole numbers' },
  },
};

const STAGE: Json = {
  type: 'object',
  required: ['name', 'command'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', pattern: '^[\\w-]{1,40}$' },
    command: { enum: STAGE_COMMANDS },
    after: {
      description: 'the stages whose files it takes',
      oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    },
    where: setting('only after jobs that have these values, by STAGE.OPTION'),
    options: setting(
      `options of the command that stay; ${OWN_OPTIONS.filter((name) => name !== 'help').join(', ')} are set by the sweep`,
    ),
    grid: {
      type: 'object',
      description: 'options that take every one of their values, each with each',
      additionalProperties: { type: 'array', minItems: 1, items: VALUE },
    },
    list: {
      type: 'array',
      description: 'settings one by one',
      items: setting('options that belong together'),
    },
    shards: {
      type: 'integer',
      minimum: 1,
      maximum: MOST_SHARDS,
      description: 'of simulate: parts of the test images, each a job; merged exactly into one row',
    },
    random: {
      type: 'object',
      description: 'settings drawn at random, from a seed',
      required: ['samples', 'options'],
      additionalProperties: false,
      properties: {
        samples: { type: 'integer', minimum: 1 },
        seed: { type: 'integer', minimum: 0 },
        options: {
          type: 'object',
          additionalProperties: { oneOf: [INTERVAL, { type: 'array', minItems: 1, items: VALUE }] },
        },
      },
    },
  },
};

/** JSON Schema, draft 2020-12. */
export function studySchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'strelu study',
    description: 'Many runs: stages of commands, each with options that stay and options that vary.',
    type: 'object',
    required: ['name', 'stages'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      name: { type: 'string', pattern: '^[\\w-]{1,60}$' },
      stages: { type: 'array', minItems: 1, items: STAGE },
      repeat: names('options that only repeat; default: seed'),
      metrics: names(
        'figures of the table, such as snn.accuracy.8, of an earlier stage train.ann.accuracy; default: the accuracies of the last stage',
      ),
    },
  };
}
