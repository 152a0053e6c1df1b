/**
 * @file `npm run levers`: trains the same small network once per lever and prints what each is worth, in the ANN and in the
 * SNN made of it. What was trained already is kept, so that an interrupted run goes on.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, UsageError } from '../../src/errors.ts';
import { percent, significant } from '../../src/report/format.ts';
import type { Result } from '../../src/report/result.ts';
import { flag, integer, integers, type Option, text } from '../../src/terminal/options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { type Lever, levers } from './levers.ts';

const OPTIONS = {
  dataset: { ...text('NAME', 'data set'), fallback: 'cifar-10', shown: 'cifar-10' } as Option<string>,
  model: { ...text('NAME', 'architecture'), fallback: 'vgg8', shown: 'vgg8' } as Option<string>,
  width: { ...text('X', 'multiplies its channels'), fallback: '0.25', shown: '0.25' } as Option<string>,
  epochs: integer(3, 'passes through the training images, for each lever', 1),
  limit: integer(60_000, 'only the first N training images', 1),
  steps: integers([2, 4, 8, 32], 'T of the spiking networks', 1, 1024),
  images: integer(1000, 'test images for the spiking networks', 1),
  dir: {
    ...text('DIR', 'where runs are kept'),
    fallback: 'runs/levers',
    shown: 'runs/levers',
  } as Option<string>,
  help: flag('this text'),
};

const cli = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../src/cli/main.ts' : '../../src/cli/main.js',
    import.meta.url,
  ),
);

try {
  const { values, positionals } = parseOptions(process.argv.slice(2), OPTIONS);
  if (positionals.length > 0)
    throw new UsageError(`levers: expected options only, found "${positionals[0]}"`);
  if (values.help) help();
  else table(values);
} catch (error) {
  if (!(error instanceof InputError || error instanceof UsageError)) throw error;
  console.error(`levers: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

function help(): void {
  console.log(
    'Usage: npm run levers -- [options]\n\nTrains one small network per lever and prints a table in Markdown.\n',
  );
  for (const [name, option] of Object.entries(OPTIONS))
    console.log(
      `  ${`--${name} ${option.placeholder}`.padEnd(22)}${option.help}${option.shown === '' ? '' : ` [${option.shown}]`}`,
    );
}

function table(values: {
  dataset: string;
  model: string;
  width: string;
  epochs: number;
  limit: number;
  steps: readonly number[];
  images: number;
  dir: string;
}): void {
  const { dataset, model, width, epochs, limit, steps, images } = values;
  const dir = join(values.dir, `${dataset}-${model}-${width}-${epochs}-${limit}`);
  mkdirSync(dir, { recursive: true });
  const base = [
    '--dataset',
    dataset,
    '--model',
    model,
    '--width',
    width,
    '--epochs',
    String(epochs),
    '--limit',
    String(limit),
  ];
  const recipe = [
    '--batch-size',
    '128',
    '--lr',
    '0.1',
    '--warmup',
    String(Math.min(1, epochs / 5)),
    '--label-smoothing',
    '0.1',
    '--crop',
    '4',
    '--flip',
    '--seed',
    '1',
  ];
  console.log(
    `| lever | ANN % | ${steps.map((t) => `T=${t} %`).join(' | ')} | spikes per neuron at T=${steps.at(-1)} |`,
  );
  console.log(`|---|---|${steps.map(() => '---').join('|')}|---|`);
  for (const lever of levers(epochs)) {
    const file = (kind: string): string => join(dir, `${lever.id}.${kind}`);
    const teacher = lever.teacher ? ['--teacher', join(dir, `${lever.teacher}.safetensors`)] : [];
    const trained = once(file('train.json'), 'train', [
      ...base,
      ...recipe,
      ...lever.options,
      ...teacher,
      '--out',
      file('safetensors'),
    ]);
    once(file('convert.json'), 'convert', [
      file('safetensors'),
      ...conversion(lever),
      '--out',
      file('snn.safetensors'),
    ]);
    const simulated = once(file('simulate.json'), 'simulate', [
      file('snn.safetensors'),
      '--limit',
      String(images),
      '--steps',
      steps.join(','),
      '--engine',
      'products',
    ]);
    const accuracy = steps.map((t) => percent(simulated.snn!.accuracy![t]!));
    const spikes = significant(simulated.spikes!.perNeuron[steps.at(-1)!]!, 3);
    console.log(
      `| ${lever.says} | ${percent(trained.ann!.accuracy)} | ${accuracy.join(' | ')} | ${spikes} |`,
    );
  }
  console.log(
    `\n${dataset}, ${model} at width ${width}, ${epochs} epochs, seed 1; ANN on all test images, SNN (neuron half; unipolar for ReLU and tReLU) on the first ${images}.`,
  );
}

function conversion({ id }: Lever): string[] {
  if (id === 'relu') return ['--method', 'relu-percentile'];
  return id === 'trelu' ? ['--method', 'trelu'] : [];
}

/** The result of a command, from its file when it has run already. */
function once(json: string, command: string, words: readonly string[]): Result {
  if (!existsSync(json)) {
    console.error(`strelu ${command} ${words.join(' ')}`);
    const resume =
      command === 'train' && existsSync(words.at(-1)!.replace('.safetensors', '.checkpoint.safetensors'));
    const { status } = spawnSync(
      process.execPath,
      [cli, command, ...words, '--json', json, ...(resume ? ['--resume'] : [])],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (status !== 0) throw new InputError(`${command} failed with exit status ${status}; see above`);
  }
  return JSON.parse(readFileSync(json, 'utf8')) as Result;
}
