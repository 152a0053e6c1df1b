/** @file `--methods a,b,c` and `--reference a`: the contenders of a comparison, and its baseline. */
import { UsageError } from '../../errors.ts';
import { BASELINES, baselineAmong, CONTENDERS, type Contender } from '../../lab/compare/contenders.ts';
import { suggestion } from '../../near.ts';
import type { Option } from '../../terminal/options.ts';

const IDS: readonly string[] = CONTENDERS.map(({ id }) => id);

/** Each once, in the order of the table. */
export const METHOD_OPTION: Option<readonly string[]> = {
  placeholder: 'NAME,...',
  choices: IDS,
  fallback: IDS,
  shown: 'all',
  help: `which contenders, each an activation, a conversion method and a neuron: ${IDS.join(', ')}`,
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

/**
 * @param wanted what `--reference` says; null: the default
 * @throws UsageError when the wanted one is not compared, or none of the contenders is meant to be the baseline
 */
export function chooseBaseline(contenders: readonly Contender[], wanted: string | null): string {
  if (wanted !== null) {
    if (contenders.some(({ id }) => id === wanted)) return wanted;
    throw new UsageError(`--reference ${wanted} is not among --methods; add it, or leave --reference out`);
  }
  const found = baselineAmong(contenders);
  if (found !== null) return found;
  throw new UsageError(
    `--methods: expected one that ratios are taken against (${BASELINES.join(', ')}), found none; name one of yours by --reference`,
  );
}
