/**
 * @file `convert`: a trained network to a spiking one, and what was done to it.
 */
import { basename } from 'node:path';
import { type Conversion, convert as convertNetwork } from '../../convert/convert.ts';
import { type Recipe, runsToCalibrate } from '../../convert/method.ts';
import { RECIPES, recipeNamed } from '../../convert/methods/index.ts';
import { conversionTable } from '../../convert/report.ts';
import { exactNetwork } from '../../convert/transforms/unit-thresholds.ts';
import { InputError, UsageError } from '../../errors.ts';
import { loadModel } from '../../io/model-file.ts';
import { DATASET_NAMES, openDataset } from '../../io/open-dataset.ts';
import { networkPath } from '../../io/pretrained.ts';
import { saveSnn } from '../../io/snn-file.ts';
import { CALIBRATION_STEPS, calibrate } from '../../lab/calibrate.ts';
import type { ActivationName, TrainedNetwork } from '../../nn/architecture.ts';
import { createRuntime, type KernelSet } from '../../runtime.ts';
import { NEURON_KINDS, type NeuronKind } from '../../snn/network.ts';
import { uninterrupted } from '../../terminal/interrupt.ts';
import { choice, choiceOrNull, integer, text } from '../../terminal/options.ts';
import { checkOutput } from '../check-output.ts';
import { type Command, defineCommand } from '../command.ts';

export const convert: Command = defineCommand({
  name: 'convert',
  summary: 'folds, sets thresholds, saves the SNN, prints the conversion report',
  description:
    'Folds batch normalisation and pooling into the weights, sets a threshold for every neuron, saves the spiking network, and ' +
    'prints for each layer what became of it. What cannot be converted is refused by name; nothing is skipped.',
  positionals: [{ name: 'MODEL', help: 'a file that train wrote, or pretrained:NAME' }],
  options: {
    recipe: {
      ...choice(
        RECIPES.map((recipe) => recipe.name),
        'strelu',
        `how thresholds are found; from ${byActivation()}`,
      ),
      placeholder: 'NAME',
    },
    neuron: choiceOrNull(
      NEURON_KINDS,
      "half; another recipe's own",
      'strelu: half fires at theta/2 (rounds), full at theta (truncates), tracer settles, rest is half in a code that is silent at -theta; relu-max: unipolar or reset-to-zero; every other recipe has one',
    ),
    out: { ...text('FILE', 'the spiking network'), shown: 'MODEL with .snn before its ending' },
    grid: integer(
      0,
      'weights, thresholds and pixels on a power-of-two grid on which N steps never round; 0: as trained',
      0,
    ),
    calibration: integer(
      100,
      'training images, the first of the set, that thresholds are found on (recipes for relu)',
      1,
    ),
    'calibration-steps': integer(
      CALIBRATION_STEPS,
      `T of the spiking runs on them (${RECIPES.filter(runsToCalibrate)
        .map((recipe) => recipe.name)
        .join(', ')})`,
      1,
      4096,
    ),
  },
  examples: [
    { line: 'strelu convert runs/digits.safetensors', says: 'neuron half, to runs/digits.snn.safetensors' },
    {
      line: 'strelu convert runs/digits.safetensors --neuron full --out runs/digits-full.snn.safetensors',
      says: 'the neuron that fires at theta',
    },
    {
      line: 'strelu convert runs/lenet.safetensors --neuron tracer --grid 8',
      says: 'exact for T = 8: every count equals the quantised network',
    },
    { line: 'strelu convert runs/relu.safetensors --recipe relu-percentile', says: 'a network with ReLU' },
    {
      line: 'strelu convert runs/relu.safetensors --recipe relu-balanced --calibration 50 --calibration-steps 64',
      says: 'thresholds from the currents of the spiking network over T = 64 on 50 images',
    },
  ],
  async run({ positionals, options, given, config, print }) {
    const path = await networkPath(positionals[0]!);
    const usual = path === positionals[0] ? path : `runs/${basename(path)}`;
    const out = options.out ?? `${usual.replace(/\.safetensors$/, '')}.snn.safetensors`;
    checkOutput(out);
    const recipe = recipeNamed(options.recipe);
    refuseCalibration(recipe, given);
    const neuron = options.neuron ?? recipe.neurons[0]!;
    config.out = out;
    config.neuron = neuron;
    const network = await loadModel(path);
    const { snn: folded, report } = recipe.needsCalibration
      ? await convertObserved(network, recipe, neuron, options, config)
      : convertNetwork(network, { recipe: recipe.name, neuron });
    const snn = options.grid > 0 ? exactNetwork(folded, options.grid) : folded;
    await uninterrupted(saveSnn(out, snn));
    print(conversionTable(report));
    print(`\nsaved in ${out}`);
    return { exit: 0, result: { conversion: report, files: { snn: out } } };
  },
});

/** The recipes of each activation. */
function byActivation(): string {
  const activations = new Set(RECIPES.flatMap((recipe) => recipe.activations));
  const names = (activation: ActivationName): string =>
    RECIPES.filter((recipe) => recipe.activations.includes(activation))
      .map((recipe) => recipe.name)
      .join(', ');
  return [...activations].map((activation) => `${activation}: ${names(activation)}`).join('; from ');
}

/** @throws UsageError for an option that the recipe would not look at */
function refuseCalibration(recipe: Recipe, given: ReadonlySet<string>): void {
  if (given.has('calibration') && !recipe.needsCalibration)
    throw new UsageError(
      `--calibration would change nothing: recipe ${recipe.name} takes the trained thresholds`,
    );
  if (given.has('calibration-steps') && !runsToCalibrate(recipe))
    throw new UsageError(
      `--calibration-steps would change nothing: recipe ${recipe.name} does not run the spiking network to calibrate it`,
    );
}

async function convertObserved(
  network: TrainedNetwork,
  recipe: Recipe,
  neuron: NeuronKind,
  options: {
    readonly calibration: number;
    readonly 'calibration-steps': number;
    readonly data: string | null;
    readonly seed: number;
    readonly kernels: KernelSet;
    readonly workers: number;
  },
  config: Record<string, unknown>,
): Promise<Conversion> {
  const name = DATASET_NAMES.find((known) => known === network.provenance.dataset);
  if (!name)
    throw new InputError(
      `${network.architecture.name}: the recipe needs training images, but the file does not say which data set it learned; train it again`,
    );
  const seed = typeof network.provenance.seed === 'number' ? network.provenance.seed : options.seed;
  const { calibration: count, 'calibration-steps': steps, workers, kernels } = options;
  const images = await openDataset(name, 'train', {
    directory: options.data ?? undefined,
    seed,
    limit: count,
  });
  config.dataset = name;
  const runtime = createRuntime({ kernels, workers });
  try {
    const calibration = await calibrate(runtime, network, images, count, steps);
    return convertNetwork(network, { recipe: recipe.name, neuron, calibration });
  } finally {
    runtime.close();
  }
}
