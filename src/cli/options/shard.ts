/** @file Which part of the test images a job has. */
import { parseShard } from '../../lab/simulate/shard.ts';
import type { Option } from '../../terminal/options.ts';

export const SHARD_OPTION: Option<string | null> = {
  ...{ placeholder: 'K/N', choices: [], fallback: null, shown: 'all of them' },
  help: 'only part K of N equal parts of the test images (after --limit); the JSON then has all counts, so that the parts can be merged exactly',
  parse(text) {
    const { index, of } = parseShard(text);
    return `${index}/${of}`;
  },
};
