/** @file `--methods a,b,c`: names of the table of methods, each once, in the table's order. */
import { UsageError } from '../../errors.ts';
import { METHODS, methodNamed } from '../../lab/compare/methods.ts';
import type { Option } from '../../terminal/options.ts';

export const METHOD_OPTION: Option<readonly string[]> = {
  placeholder: 'NAME,...',
  choices: METHODS.map((method) => method.id),
  fallback: METHODS.map((method) => method.id),
  shown: 'all',
  help: `which methods: ${METHODS.map((method) => method.id).join(', ')}`,
  parse: (found) => {
    const wanted = new Set(found.split(',').map((word) => methodNamed(word.trim()).id));
    if (wanted.size === 0) throw new UsageError('expected names of methods, found none');
    return METHODS.filter((method) => wanted.has(method.id)).map((method) => method.id);
  },
};
