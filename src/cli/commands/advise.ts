/**
 * @file `advise`: what a conversion will give before it is done, measured on some images, and which commands to run next.
 */
import { UsageError } from '../../errors.ts';
import { readBytes } from '../../io/files.ts';
import { networkPath } from '../../io/pretrained.ts';
import { type ProductKind, productIn } from '../../io/product-file.ts';
import { adviseNetwork } from '../../lab/advise/advise-network.ts';
import { dataWordsOf, parseNumbers } from '../../lab/data-words.ts';
import { NO_SETTINGS } from '../../lab/formats/import-format.ts';
import { importFormatOf } from '../../lab/formats/import-formats.ts';
import { openOwnFile } from '../../lab/formats/open-own-file.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Normalisation } from '../../onnx/import/normalisation.ts';
import { shellFile, shellWord } from '../../platform/shell-words.ts';
import type { Advice } from '../../report/advice.ts';
import { fixed, percent } from '../../report/format.ts';
import { textTable } from '../../report/table.ts';
import { integer } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { openTestSet, TEST_SET_OPTIONS } from '../options/dataset.ts';
import { normalisationFrom } from '../options/normalisation.ts';
import { openRuntime } from '../options/runtime.ts';

/** What train or import wrote may have any name; a file with the ending is said to be ours. */
const isOwn = (path: string): boolean => path.endsWith('.safetensors') || OWN.includes(productIn(path)?.kind);
const OWN: readonly (ProductKind | undefined)[] = [
  'trained network',
  'imported network',
  'spiking network',
  'imported spiking network',
];

export const advise: Command = defineCommand({
  name: 'advise',
  summary: 'what a conversion will give: layers, steps, energy, and what to do next',
  description:
    'Converts a trained network in memory, runs it on some test images, and says which layers convert exactly, where a ' +
    'threshold is badly placed, after how many steps less than half a point of accuracy is lost, what that costs in energy, ' +
    'and which two commands to run next. Nothing is written.',
  positionals: [
    {
      name: 'FILE',
      help: 'a file that train or import wrote, pretrained:NAME, or one that import reads',
      pretrained: true,
    },
  ],
  options: {
    ...TEST_SET_OPTIONS,
    limit: integer(200, 'only the first N test images', 1),
    steps: integer(64, 'the largest T that is tried', 1, 4096),
  },
  examples: [
    {
      line: 'strelu advise net.onnx --dataset mnist --mean 0.1307 --std 0.3081',
      says: 'before it is imported',
    },
    { line: 'strelu advise runs/digits.safetensors --steps 32 --limit 500', says: 'a network of ours' },
  ],
  async run(call) {
    const { options, files, progress, print } = call;
    const path = await networkPath(call.positionals[0]!);
    files.reads('FILE', path);
    const network = await networkOf(path, options);
    const { input, classes } = network.architecture;
    const { dataset, words } = await openTestSet(call, { ...network, input, classes });
    const runtime = openRuntime(options);
    try {
      const { dataset: source, seed, data: directory } = options;
      const calibration = { dataset: source, words: dataWordsOf(options), seed, directory };
      const advice = await adviseNetwork(network, dataset, {
        runtime,
        steps: options.steps,
        calibration,
        progress,
      });
      const next = nextCommands(path, advice, options);
      print(`${network.architecture.name}, method ${advice.method}, neuron ${advice.neuron}; ${words}\n`);
      print(layerTable(advice));
      print(`\n${accuracyWords(advice, options.steps)}\n`);
      print(`next:\n${next.map((line) => `  ${line}`).join('\n')}`);
      return { exit: 0, result: { advice, next } };
    } finally {
      runtime.close();
    }
  },
});

interface Given {
  readonly mean: string | null;
  readonly std: string | null;
  readonly dataset: string | null;
}

async function networkOf(path: string, { mean, std }: Given): Promise<TrainedNetwork> {
  if (isOwn(path)) {
    const file = await openOwnFile(path);
    if (file.kind === 'model') return file.network;
    throw new UsageError(
      `advise: expected a trained network, found the spiking one ${path}; name the model that it was made of`,
    );
  }
  const row = (text: string | null): readonly number[] | null => (text === null ? null : parseNumbers(text));
  const normalisation: Normalisation | null = normalisationFrom({ mean: row(mean), std: row(std) });
  const request = { path, bytes: await readBytes(path), normalisation, input: null, settings: NO_SETTINGS };
  const { made } = await importFormatOf(request).read(request);
  if (made.kind === 'model') return made.network;
  throw new UsageError(
    `advise: expected a trained network, found a spiking one in ${path}; simulate it instead`,
  );
}

function layerTable({ layers }: Advice): string {
  return textTable(
    [
      { title: 'layer', align: 'left' },
      { title: 'activation', align: 'left' },
      { title: 'theta', align: 'right' },
      { title: 'cut off %', align: 'right' },
      { title: '', align: 'left' },
    ],
    layers.map(({ name, activation, theta, clipped, says }) => [
      name,
      activation,
      theta.toPrecision(4),
      fixed(clipped, 1),
      says,
    ]),
  );
}

function accuracyWords(
  { annAccuracy, snnAccuracy, steps, tolerance, energyRatio }: Advice,
  most: number,
): string {
  const at = steps ?? most;
  const energy = energyRatio === null ? '' : `; energy ${fixed(energyRatio, 2)} of the trained network's`;
  const found = `${percent(snnAccuracy[at]!)} % after ${at} step${at === 1 ? '' : 's'}, trained network ${percent(annAccuracy)} %${energy}`;
  return steps === null
    ? `more than ${tolerance} points are lost up to T = ${most}: ${found}`
    : `less than ${tolerance} points are lost from T = ${steps} on: ${found}`;
}

/** The two commands that come next: import and convert, or convert and verify. */
function nextCommands(path: string, { method, steps }: Advice, { mean, std, dataset }: Given): string[] {
  const own = isOwn(path);
  const model = own ? path : path.replace(/\.[^./\\]+$/, '').concat('.safetensors');
  const images = dataset ? ` --dataset ${shellWord(dataset)}` : '';
  const calibrated = method.startsWith('relu') ? images : '';
  const convert = `strelu convert ${shellFile(model)} --method ${method}${calibrated}`;
  if (!own) {
    const normalisation = mean && std ? ` --mean ${mean} --std ${std}` : '';
    return [`strelu import ${shellFile(path)}${normalisation}`, convert];
  }
  const snn = `${model.replace(/\.safetensors$/, '')}.snn.safetensors`;
  return [
    convert,
    `strelu verify ${shellFile(model)} ${shellFile(snn)}${images}${steps ? ` --steps ${steps}` : ''}`,
  ];
}
