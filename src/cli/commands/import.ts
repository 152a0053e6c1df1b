/**
 * @file `import`: a network of another program becomes a model file, and what each of its nodes became.
 */
import { CONVERSION_METHODS } from '../../convert/methods/index.ts';
import { UsageError } from '../../errors.ts';
import { readBytes } from '../../io/files.ts';
import { saveModel } from '../../io/model-file.ts';
import type { ProductKind } from '../../io/product-file.ts';
import { saveSnn } from '../../io/snn-file.ts';
import type { ImportCheck, ImportedFile, ImportFormat } from '../../lab/formats/import-format.ts';
import { IMPORT_FORMATS, importFormatOf } from '../../lab/formats/import-formats.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { shellFile } from '../../platform/shell-words.ts';
import { textTable } from '../../report/table.ts';
import { choiceOrNull, flag, realOrNull, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { inputShapeOrNull } from '../options/input-shape.ts';
import { NORMALISATION_OPTIONS, normalisationFrom } from '../options/normalisation.ts';
import { refuseUnasked } from '../unasked.ts';

/** Weights of PyTorch beside an ONNX file of the same name: replaced only where --out names them. */
const FOREIGN: readonly ProductKind[] = ['weights'];

export const importCommand: Command = defineCommand({
  name: 'import',
  summary: 'a network of another program (ONNX, NIR, weights of PyTorch) becomes a file of ours',
  description:
    'Reads a network that another program wrote, trained (ONNX, PyTorch) or spiking (NIR), saves it as a model file or a spiking ' +
    'network, and prints for each node what it became. ' +
    'What cannot be converted is refused by name, with the nearest thing to do instead; nothing is left out. Weights may lie ' +
    'in files beside FILE.',
  positionals: [{ name: 'FILE', help: IMPORT_FORMATS.map(({ says }) => says).join(', ') }],
  options: {
    out: {
      ...text('FILE', 'the model or the spiking network'),
      shown: 'FILE with the ending .safetensors; of a NIR file .snn.safetensors',
    },
    ...NORMALISATION_OPTIONS,
    input: text('HxWxC', 'size of the images, where FILE leaves it open'),
    model: text('FILE', 'the description of the network (JSON) that the weights in FILE belong to'),
    'state-dict': text('FILE', "PyTorch's weights (safetensors) for a description in FILE"),
    theta: realOrNull(
      't of every Hardtanh(-t, t) whose threshold the weights do not hold; refused where they hold all',
    ),
    'if-reset': choiceOrNull(
      ['zero', 'subtract'],
      'zero',
      "what a NIR file's IF means: zero, NIR's own word, or subtract, as sinabs writes it (the threshold is taken off)",
    ),
    check: flag('compares the logits of 8 drawn images with onnxruntime-node, which must be installed'),
  },
  examples: [
    {
      line: 'strelu import lenet.onnx --mean 0.1307 --std 0.3081',
      says: 'to lenet.safetensors; its images are normalised as in training',
    },
    {
      line: 'strelu import resnet.onnx --mean 0.49,0.48,0.45 --std 0.25,0.24,0.26 --out runs/resnet.safetensors',
      says: 'a mean and a deviation for each channel',
    },
    {
      line: 'strelu import net.onnx --input 32x32x3 --check',
      says: 'images of a size that FILE leaves open; compared with onnxruntime',
    },
    {
      line: 'strelu import w.safetensors --model net.json --input 28x28x1 --theta 1 --mean 0.13 --std 0.31 --out net.safetensors',
      says: "PyTorch's state_dict and the description of its layers",
    },
    { line: 'strelu import cnn.nir', says: 'a spiking network of another simulator, to cnn.snn.safetensors' },
    {
      line: 'strelu import cnn.nir --if-reset subtract',
      says: 'the same from sinabs, whose IF takes its threshold off',
    },
  ],
  async run({ positionals, options, given, config, files, print }) {
    const path = positionals[0]!;
    files.reads('FILE', path);
    for (const name of ['model', 'state-dict'] as const)
      if (options[name] !== null) files.reads(`--${name}`, options[name]);
    const request = {
      path,
      bytes: await readBytes(path),
      normalisation: normalisationFrom(options),
      input: inputShapeOrNull(options.input),
      settings: {
        model: options.model,
        stateDict: options['state-dict'],
        theta: options.theta,
        ifReset: options['if-reset'],
      },
    };
    const format = importFormatOf(request);
    refuseUseless(format, given);
    const out = options.out ?? path.replace(/\.[^./\\]+$/, '').concat(format.ending ?? '.safetensors');
    files.writes('--out', out, ['imported network', 'imported spiking network', ...FOREIGN]);
    config.out = out;
    const file = await format.read(request);
    const check = options.check ? await format.check!(request, file, options.seed) : null;
    const { made, nodes, facts } = file;
    print(nodeTable(file));
    print(`\n${facts.join('\n')}`);
    if (check) print(checkWords(check));
    if (options.out === null) refuseUnasked(out, FOREIGN);
    if (made.kind === 'model') await saveModel(out, made.network);
    else await saveSnn(out, made.snn);
    print(`\nsaved in ${out}`);
    print(
      made.kind === 'model'
        ? nextWords(made.network, out)
        : `next: strelu simulate ${shellFile(out)} --dataset NAME`,
    );
    return {
      exit: check && !check.holds ? 1 : 0,
      result: {
        imported: { format: format.name, nodes, facts },
        ...(check && { check }),
        files: { [made.kind]: out },
      },
    };
  },
});

/** Options that only some formats look at, and what they are to a format. */
const SETTINGS = {
  input: 'input',
  model: 'model',
  'state-dict': 'stateDict',
  theta: 'theta',
  'if-reset': 'ifReset',
} as const;

/** @throws UsageError for an option that the format would not look at */
function refuseUseless({ name, settings, check }: ImportFormat, given: ReadonlySet<string>): void {
  if (given.has('check') && !check)
    throw new UsageError(`--check would change nothing: files of ${name} have no program to compare with`);
  for (const [option, setting] of Object.entries(SETTINGS))
    if (given.has(option) && !settings.includes(setting))
      throw new UsageError(`--${option} would change nothing: a file of ${name} does not look at it`);
}

/** Constants are many and say little: they are counted. */
function nodeTable({ nodes }: ImportedFile): string {
  const shown = nodes.filter(({ became }) => !became.startsWith('a constant'));
  const rows = shown.map(({ position, name, operator, became }) => [
    String(position),
    name,
    operator,
    became,
  ]);
  const table = textTable(
    [
      { title: '', align: 'right' },
      { title: 'node', align: 'left' },
      { title: 'operator', align: 'left' },
      { title: 'became', align: 'left' },
    ],
    rows,
  );
  const constants = nodes.length - shown.length;
  return constants === 0 ? table : `${table}\nand ${constants} nodes that are constants: computed now`;
}

const checkWords = ({ reference, images, worst, bound, holds }: ImportCheck): string =>
  `check: ${images} drawn images, logits ${holds ? 'equal' : 'NOT equal'} to ${reference}: largest difference ${worst.toExponential(1)}, bound ${bound.toExponential(0)}`;

/** The methods that can convert all of its activations. */
function nextWords({ architecture }: TrainedNetwork, out: string): string {
  const activations = new Set(activationLayers(architecture.layers).map(({ activation }) => activation));
  const fitting = CONVERSION_METHODS.filter((method) =>
    [...activations].every((name) => method.activations.includes(name)),
  );
  if (fitting.length === 0)
    return `next: no method converts ${[...activations].join(' and ')} in one network; train it with one of them`;
  return `next: strelu convert ${shellFile(out)} --method ${fitting[0]!.name}${fitting[0]!.needsCalibration ? ' --dataset NAME' : ''}`;
}
