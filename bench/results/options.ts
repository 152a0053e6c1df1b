/** @file What `npm run results` understands. */
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { optionLines } from '../../src/terminal/option-lines.ts';
import { flag, integer, integerOrNull, type Option, text, textOr } from '../../src/terminal/options.ts';

export type ResultOptions = {
  readonly only: Option<string | null>;
  readonly limit: Option<number | null>;
  readonly 'exact-steps': Option<number>;
  readonly aside: Option<number>;
  readonly dir: Option<string | null>;
  readonly cache: Option<string>;
  readonly fresh: Option<boolean>;
  readonly into: Option<string | null>;
  readonly json: Option<string | null>;
  readonly svg: Option<string | null>;
  readonly data: Option<string | null>;
  readonly workers: Option<number>;
  readonly quiet: Option<boolean>;
  readonly help: Option<boolean>;
};

const { data, workers, quiet, help } = COMMON_OPTIONS;

export const RESULT_OPTIONS: ResultOptions = {
  only: text('NAME', 'only this network'),
  limit: integerOrNull('all', 'only the first N test images: a quick look, not the figures of all', 1),
  'exact-steps': integer(2, 'T of the exact mode', 1, 64),
  aside: integer(
    1000,
    'neuron full, which needs many steps, on the first N test images: said in the tables',
    1,
  ),
  dir: { ...text('DIR', 'where index.json and the networks lie'), shown: 'datasets/pretrained' },
  cache: textOr(
    'DIR',
    'runs/results',
    'what was measured of a network is kept there, and read by a repeated run',
  ),
  fresh: flag('measure everything anew'),
  into: text(
    'FILE',
    'the figures of an earlier --json: those of the networks that are not measured now and that there still are stay, for the tables and for --json',
  ),
  json: text('FILE', 'also write every figure as JSON'),
  svg: text('DIR', 'also draw accuracy against T and against energy for each data set'),
  data,
  workers,
  quiet,
  help,
};

export function resultsHelp(): string {
  return [
    'Usage: npm run results -- [options]',
    '',
    'Measures every network of datasets/pretrained/ again, on all test images: ANN, quantised, spiking at T = 1 to 32, and',
    'the exact mode; prints what is reached, and accuracy against T, spikes and energy, as Markdown.',
    '',
    'Options:',
    ...optionLines(RESULT_OPTIONS),
  ].join('\n');
}
