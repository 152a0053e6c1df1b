/** @file Options of a training run that would change nothing are refused, each by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseUseless } from '../../../src/cli/options/refuse-useless.ts';
import { RUN_OPTIONS } from '../../../src/cli/options/training.ts';
import { COMMON_OPTIONS } from '../../../src/terminal/common-options.ts';
import { parseOptions } from '../../../src/terminal/parse.ts';

function check(line: string): void {
  const { values, given } = parseOptions(line.split(' '), { ...RUN_OPTIONS, seed: COMMON_OPTIONS.seed });
  refuseUseless(values, given);
}

test('what changes nothing is refused, with what it needs', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['--theta-from 3', /--theta-from .* needs --theta-rate 0/],
    ['--theta-from 3 --theta-rate 0', /--theta-from .* needs --anneal/],
    ['--anneal 1', /--anneal .* needs --theta-from above 1/],
    ['--rest-head', /--rest-head: expected thresholds .* found --theta-rate 0.02; make that 0$/],
    [
      '--rest-head --theta-rate 0 --anneal 1 --theta-from 2',
      /--rest-head: .* found --anneal 1; make that 0$/,
    ],
    ['--rest-head --theta-rate 0 --activation trelu', /--rest-head .* needs --activation strelu/],
    ['--anneal 4 --theta-from 2 --theta-rate 0', /--anneal 4: expected at most the 3 --epochs/],
    ['--activation relu --theta-from 3 --theta-rate 0', /needs an activation with a threshold/],
    ['--theta-rate 0 --theta-decay 0.1', /--theta-decay .* needs --theta-rate above 0/],
    ['--spike-code rest', /--spike-code .* needs --spike-penalty above 0/],
    [
      '--activation trelu --levels 2 --spike-penalty 0.1 --spike-code rest',
      /--spike-code .* needs --activation strelu/,
    ],
    ['--teacher-weight 0.3', /--teacher-weight .* needs --teacher/],
    ['--temperature 2', /--temperature .* needs --teacher/],
    ['--lookahead 5 --lookahead-share 1', /--lookahead .* needs --lookahead-share below 1/],
    ['--lookahead 5 --lookahead-share 0', /--lookahead-share: expected .* 0\.001.*, found "?0/],
    [
      '--warmup 3.5',
      /--warmup 3\.5: expected at most the 3 --epochs, or the rate would never reach its peak/,
    ],
    [
      '--model lenet --first-bias-epochs 4',
      /--first-bias-epochs 4: expected at most the 3 --epochs, or it would change nothing/,
    ],
    ['--levels 2 --continuous-epochs 3', /--continuous-epochs 3: expected fewer than the 3 --epochs/],
    [
      '--model lenet --layer-levels 4,4,2,2,2',
      /--layer-levels 4,4,2,2,2: expected at most 4 numbers, one for each activation of lenet, found 5/,
    ],
    ['--teacher a --teacher-weight 0', /--teacher .* needs --teacher-weight above 0/],
  ];
  for (const [line, message] of cases) assert.throws(() => check(line), message, line);
  check('--theta-from 3 --theta-rate 0 --anneal 2 --ema 0.99 --balanced --test-flip');
  check('--teacher a --teacher-weight 1 --temperature 2');
  check('--levels 2 --spike-penalty 0.1 --spike-code rest');
  check('--model lenet --first-bias-epochs 3 --lookahead 5 --lookahead-share 0.9');
  check('--levels 2 --continuous-epochs 2');
  check('--model lenet --layer-levels 4,4,2,2');
  check('--model net.json');
});
