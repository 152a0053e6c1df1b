/** @file `npm run pretrained -- MODEL NAME`: a trained network into datasets/pretrained/. */

import { UsageError } from '../../src/errors.ts';
import { pretrainedFolder } from '../../src/io/pretrained.ts';
import { percent } from '../../src/report/format.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { runTool } from '../../src/terminal/tool-options.ts';
import { pack } from './pack.ts';

const { data, workers } = COMMON_OPTIONS;

await runTool(
  {
    name: 'pretrained',
    says: ['Rounds the weights to float16, measures them, and saves them in datasets/pretrained/.'],
    words: 'MODEL NAME',
    options: { data, workers },
  },
  async ({ values, positionals }) => {
    const [path, name] = positionals;
    if (!path || !name || positionals.length > 2)
      throw new UsageError(`expected MODEL and NAME, found "${positionals.join(' ')}"; see --help`);
    const folder = await pretrainedFolder();
    const entry = await pack({ path, name, folder, data: values.data ?? undefined, workers: values.workers });
    console.log(
      `${entry.file}: ${entry.bytes} bytes, ANN ${percent(entry.accuracy.ann)} % of ${entry.images} test images (test-time flip ${percent(entry.accuracy.flipped)} %)\n${entry.command}`,
    );
  },
);
