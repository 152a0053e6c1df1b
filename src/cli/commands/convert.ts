/**
 * @file `convert`: a trained network to a spiking one, and what was done to it.
 */
import { type ConversionMethod, runsToCalibrate } from '../../convert/conversion-method.ts';
import { conversionTable } from '../../convert/conversion-table.ts';
import { CONVERSION_METHODS, methodNamed } from '../../convert/methods/index.ts';
import { UsageError } from '../../errors.ts';
import { loadModel } from '../../io/model-file.ts';
import { networkPath } from '../../io/pretrained.ts';
import { saveSnn } from '../../io/snn-file.ts';
import { CALIBRATION_STEPS } from '../../lab/calibrate.ts';
import { convertNetwork } from '../../lab/convert-network.ts';
import { DATA_WORDS, dataWordsOf } from '../../lab/data-words.ts';
import { learnedWords } from '../../lab/learned-words.ts';
import { learnedDataset } from '../../lab/network-dataset.ts';
import { shellFile } from '../../platform/shell-words.ts';
import { NEURONS } from '../../snn/neurons/index.ts';
import { choice, choiceOrNull, integer, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { claimDataset } from '../options/claim-dataset.ts';
import { DATA_OPTIONS, datasetOption } from '../options/own-data.ts';
import { openRuntime } from '../options/runtime.ts';
import { usualPlace } from '../pretrained-name.ts';

export const convert: Command = defineCommand({
  name: 'convert',
  summary: 'folds, sets thresholds, saves the SNN, prints the conversion report',
  description:
    'Folds batch normalisation and pooling into the weights, sets a threshold for every neuron, saves the spiking network, and ' +
    'prints for each layer what became of it. What cannot be converted is refused by name; nothing is skipped.',
  positionals: [{ name: 'MODEL', help: 'a file that train wrote, or pretrained:NAME', pretrained: true }],
  options: {
    method: {
      ...choice(
        CONVERSION_METHODS.map((method) => method.name),
        'strelu',
        `how thresholds are found; from ${byActivation()}`,
      ),
      placeholder: 'NAME',
    },
    neuron: choiceOrNull(
      NEURONS.map((neuron) => neuron.name),
      "half; another method's own",
      `what the network's neurons do; ${byMethod()}`,
    ),
    out: { ...text('FILE', 'the spiking network'), shown: 'MODEL with .snn before its ending' },
    dataset: datasetOption(
      null,
      'the one that the network was trained on',
      'whose training images thresholds are found on (methods for relu)',
    ),
    ...DATA_OPTIONS,
    grid: integer(
      0,
      'weights, thresholds and pixels on a power-of-two grid on which N steps never round; 0: as trained',
      0,
    ),
    calibration: integer(
      100,
      'training images, the first of the set, that thresholds are found on (methods for relu)',
      1,
    ),
    'calibration-steps': integer(
      CALIBRATION_STEPS,
      `T of the spiking runs on them (${CONVERSION_METHODS.filter(runsToCalibrate)
        .map((method) => method.name)
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
    { line: 'strelu convert runs/relu.safetensors --method relu-percentile', says: 'a network with ReLU' },
    {
      line: 'strelu convert runs/relu.safetensors --method relu-balanced --calibration 50 --calibration-steps 64',
      says: 'thresholds from the currents of the spiking network over T = 64 on 50 images',
    },
  ],
  async run({ positionals, options, given, config, progress, files, print }) {
    const path = await networkPath(positionals[0]!);
    const usual = usualPlace(positionals[0]!, path);
    const out = options.out ?? `${usual.replace(/\.safetensors$/, '')}.snn.safetensors`;
    files.reads('MODEL', path);
    files.writes('--out', out, ['spiking network']);
    const method = methodNamed(options.method);
    refuseCalibration(method, given);
    const neuron = options.neuron ?? method.neurons[0]!.name;
    config.out = out;
    config.neuron = neuron;
    const network = await loadModel(path);
    const source = options.dataset ?? learnedDataset(network.provenance);
    if (method.needsCalibration && source)
      await claimDataset(
        files,
        source,
        learnedWords(network.provenance, source, dataWordsOf(options)),
        options,
      );
    const { seed, data: directory, calibration: images, grid: gridSteps } = options;
    const runtime = method.needsCalibration ? openRuntime(options) : undefined;
    try {
      const calibration = {
        ...{ images, steps: options['calibration-steps'], seed, directory },
        dataset: options.dataset,
        words: dataWordsOf(options),
        note: progress.note,
      };
      const { snn, report, calibratedOn } = await convertNetwork(network, {
        method: method.name,
        neuron,
        gridSteps,
        calibration: { ...calibration, ...(runtime && { runtime }) },
      });
      if (calibratedOn !== null) config.dataset = calibratedOn;
      await saveSnn(out, snn);
      print(conversionTable(report));
      print(`\nsaved in ${out}`);
      print(
        `next: strelu simulate ${shellFile(out)}${learnedDataset(network.provenance) ? '' : ' --dataset NAME'}`,
      );
      return { exit: 0, result: { conversion: report, files: { snn: out } } };
    } finally {
      runtime?.close();
    }
  },
});

/** What the neurons of the methods with a choice do. */
function byMethod(): string {
  const choices = CONVERSION_METHODS.filter(({ neurons }) => neurons.length > 1).map(
    ({ name, neurons }) => `${name}: ${neurons.map((neuron) => `${neuron.name} ${neuron.says}`).join('; ')}`,
  );
  return `${choices.join('. ')}. Every other method has one`;
}

/** The methods of each activation. */
function byActivation(): string {
  const activations = new Set(CONVERSION_METHODS.flatMap((method) => method.activations));
  const names = (activation: string): string =>
    CONVERSION_METHODS.filter((method) => method.activations.includes(activation))
      .map((method) => method.name)
      .join(', ');
  return [...activations].map((activation) => `${activation}: ${names(activation)}`).join('; from ');
}

/** @throws UsageError for an option that the method would not look at */
function refuseCalibration(method: ConversionMethod, given: ReadonlySet<string>): void {
  const useless = ['calibration', 'dataset', ...DATA_WORDS].find((name) => given.has(name));
  if (useless !== undefined && !method.needsCalibration)
    throw new UsageError(
      `--${useless} would change nothing: method ${method.name} takes the trained thresholds`,
    );
  if (given.has('calibration-steps') && !runsToCalibrate(method))
    throw new UsageError(
      `--calibration-steps would change nothing: method ${method.name} does not run the spiking network to calibrate it`,
    );
}
