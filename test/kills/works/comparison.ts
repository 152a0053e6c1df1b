import { join } from 'node:path';
import { digestsBelow, strelu, untimed, type Work } from '../work.ts';

const FEW = '--methods qcfs,strelu-half --width 0.1 --epochs 1 --train-limit 192'.split(' ');
const IMAGES = '--limit 12 --steps 1,2,4 --anatomy 3 --quiet'.split(' ');

/** A comparison of two methods, which keeps the networks that it trains. */
export const comparison: Work = {
  name: 'compare',
  says: 'every network of its cache and the whole result',
  command: (folder) =>
    strelu(
      ...['compare', ...FEW, ...IMAGES],
      ...['--cache', join(folder, 'cache'), '--json', join(folder, 'c.json')],
    ),
  async outcome(folder) {
    const result = await untimed(join(folder, 'c.json'), folder);
    if (result === null) return null;
    return JSON.stringify({ result, networks: await digestsBelow(join(folder, 'cache'), '.safetensors') });
  },
};
