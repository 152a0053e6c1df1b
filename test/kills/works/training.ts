import { join } from 'node:path';
import { digestOf, strelu, untimed, type Work } from '../work.ts';

const SMALL = '--model lenet --width 0.5 --limit 256 --test-limit 40 --epochs 3'.split(' ');
const WAYS = '--crop 2 --ema 0.9 --levels 4 --spike-penalty 0.01'.split(' ');

/** A training that saves a checkpoint after every step. */
export const training: Work = {
  name: 'train',
  says: 'the network, bit by bit, and its result as JSON',
  command(folder, begun) {
    const out = ['--out', join(folder, 'm.safetensors'), '--json', join(folder, 'm.json')];
    const every = [...out, '--checkpoint-seconds', '0', '--quiet'];
    return begun ? strelu('train', '--resume', ...every) : strelu('train', ...WAYS, ...SMALL, ...every);
  },
  async outcome(folder) {
    const network = await digestOf(join(folder, 'm.safetensors'));
    if (network === null) return null;
    // What was asked for may say that it was resumed; what came of it may not.
    const { config: _, ...result } = (await untimed(join(folder, 'm.json'), folder)) as Record<
      string,
      unknown
    >;
    return JSON.stringify({ network, result });
  },
};
