/**
 * @file `npm run courses`: what the training of CIFAR-10's networks cost in operations, and what they answer to all test images.
 */
import { UsageError } from '../../src/errors.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { text } from '../../src/terminal/options.ts';
import { runTool } from '../../src/terminal/tool-options.ts';
import { courses } from './main.ts';

const { data, workers } = COMMON_OPTIONS;
const OPTIONS = {
  into: text(
    'FILE',
    'an earlier result, which is read: its other courses stay, those given here take their places or follow; --json writes all',
  ),
  beside: text('NAME', 'the course that each other one is compared with (default: the first)'),
  json: text('FILE', 'write the result as JSON'),
  svg: text('FILE', 'write the figure: accuracy against operations, beside published courses'),
  ...{ data, workers },
};
await runTool(
  {
    name: 'courses',
    says: [
      'What the training of networks cost, and what they answer to all test images of CIFAR-10. Each FILE is a network that a recipe',
      'trained on it, or pretrained:NAME; with --into there may be none, and the earlier result is shown again. One course is held beside',
      'each other one on the same images, by the exact McNemar test; courses with several seeds also over all of them.',
      'Example: npm run courses -- pretrained:cifar-vgg8-strelu-2 runs/cifar-fast-strelu.safetensors --json courses.json',
    ],
    words: '[FILE ...]',
    options: OPTIONS,
  },
  ({ values, positionals }) => {
    if (positionals.length === 0 && values.into === null)
      throw new UsageError('expected files of networks, found none; see --help');
    return courses(positionals, values);
  },
);
