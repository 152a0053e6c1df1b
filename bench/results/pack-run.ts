/** @file `npm run pretrained -- MODEL NAME`: a trained network into datasets/pretrained/. */

import { UsageError } from '../../src/errors.ts';
import { pretrainedFolder } from '../../src/io/pretrained.ts';
import { percent } from '../../src/report/format.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { runTool } from '../../src/terminal/tool-options.ts';
import { pack } from './pack.ts';
import { DRAWS, MOST_COST } from './rounding.ts';

const { data, workers } = COMMON_OPTIONS;

await runTool(
  {
    name: 'pretrained',
    says: [
      'Rounds the weights to float16, measures them, and saves them in datasets/pretrained/. Where the nearest numbers cost more',
      `than ${MOST_COST} points of accuracy on all training images, up to ${DRAWS} other roundings are drawn, and those images choose.`,
    ],
    words: 'MODEL NAME',
    options: { data, workers },
  },
  async ({ values, positionals }) => {
    const [path, name] = positionals;
    if (!path || !name || positionals.length > 2)
      throw new UsageError(`expected MODEL and NAME, found "${positionals.join(' ')}"; see --help`);
    const folder = await pretrainedFolder();
    const entry = await pack({
      ...{ path, name, folder, data: values.data ?? undefined, workers: values.workers },
      onRounding: ({ draw, float32, float16 }) =>
        console.log(
          `training images: ${percent(float32)} % in float32, ${percent(float16)} % in float16, ${draw === 0 ? 'each weight the nearest' : `draw ${draw}`}`,
        ),
    });
    console.log(
      `${entry.file}: ${entry.bytes} bytes, ANN ${percent(entry.accuracy.ann)} % of ${entry.images} test images (test-time flip ${percent(entry.accuracy.flipped)} %)\n${entry.command}`,
    );
  },
);
