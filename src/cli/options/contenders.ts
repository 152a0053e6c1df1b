/** @file `--methods a,b,c`: names of the table of methods, each once, in the table's order. */
import { UsageError } from '../../errors.ts';
import { CONTENDERS } from '../../lab/compare/contenders.ts';
import { suggestion } from '../../near.ts';
import type { Option } from '../../terminal/options.ts';

const IDS: readonly string[] = CONTENDERS.map(({ id }) => id);

export const METHOD_OPTION: Option<readonly string[]> = {
  placeholder: 'NAME,...',
  choices: IDS,
  fallback: IDS,
  shown: 'all',
  help: `which methods: ${IDS.join(', ')}`,
  parse: (found) => {
    const wanted = found.split(',').map((word) => word.trim());
    const unknown = wanted.find((word) => !IDS.includes(word));
    if (unknown !== undefined)
      throw new UsageError(
        `unknown contender "${unknown}"; ${suggestion(unknown, IDS)} (contenders: ${IDS.join(', ')})`,
      );
    return IDS.filter((id) => wanted.includes(id));
  },
};
