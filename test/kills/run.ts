/**
 * @file `npm run kills -- N [SEED]`: N kills of a training, of a comparison and of a download each, at random moments, also while a file is
 * written. Every one must end with the bytes of a run that nobody touched, and leave nothing beside them.
 */
import process from 'node:process';
import { Random } from '../../src/random/random.ts';
import { killOften } from './kill-often.ts';
import { works } from './works.ts';

const [kills = 100, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error('kills: expected a number of kills and a seed, such as 100 1');
  process.exit(2);
}
for (const work of await works()) {
  const { ends, whileWriting } = await killOften(work, kills, Random.seeded(seed).fork(work.name));
  console.log(
    `${work.name}: ${kills} kills (seed ${seed}), ${whileWriting} with a file half written; came to its end ${ends} times, each with the same bytes`,
  );
  work.close?.();
}
