/** @file `--methods a,b,c`: names of the table of methods, each once, in the table's order. */
import { UsageError } from '../../errors.ts';
import { CONTENDERS, contenderNamed } from '../../lab/compare/contenders.ts';
import type { Option } from '../../terminal/options.ts';

export const METHOD_OPTION: Option<readonly string[]> = {
  placeholder: 'NAME,...',
  choices: CONTENDERS.map((contender) => contender.id),
  fallback: CONTENDERS.map((contender) => contender.id),
  shown: 'all',
  help: `which methods: ${CONTENDERS.map((contender) => contender.id).join(', ')}`,
  parse: (found) => {
    const wanted = new Set(found.split(',').map((word) => contenderNamed(word.trim()).id));
    if (wanted.size === 0) throw new UsageError('expected names of methods, found none');
    return CONTENDERS.filter((contender) => wanted.has(contender.id)).map((contender) => contender.id);
  },
};
