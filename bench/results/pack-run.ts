/** @file `npm run pretrained -- MODEL NAME`: a trained network into datasets/pretrained/. */

import { InputError, UsageError } from '../../src/errors.ts';
import { pretrainedFolder } from '../../src/io/pretrained.ts';
import { percent } from '../../src/report/format.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { pack } from './pack.ts';

const { data, workers, help } = COMMON_OPTIONS;
const USAGE = 'npm run pretrained -- MODEL NAME [--data DIR] [--workers N]';

try {
  const { values, positionals } = parseOptions(process.argv.slice(2), { data, workers, help });
  const [path, name] = positionals;
  if (values.help)
    console.log(
      `Usage: ${USAGE}\n\nRounds the weights to float16, measures them, and saves them in datasets/pretrained/.`,
    );
  else if (!path || !name || positionals.length > 2)
    throw new UsageError(`expected MODEL and NAME, found "${positionals.join(' ')}"; usage: ${USAGE}`);
  else {
    const folder = await pretrainedFolder();
    const entry = await pack({ path, name, folder, data: values.data ?? undefined, workers: values.workers });
    console.log(
      `${entry.file}: ${entry.bytes} bytes, ANN ${percent(entry.accuracy.ann)} % of ${entry.images} test images (test-time flip ${percent(entry.accuracy.flipped)} %)\n${entry.command}`,
    );
  }
} catch (error) {
  if (!(error instanceof InputError || error instanceof UsageError)) throw error;
  console.error(`pretrained: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
