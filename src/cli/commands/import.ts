/**
 * @file `import`: a network of another program becomes a model file, and what each of its nodes became.
 */
import { CONVERSION_METHODS } from '../../convert/methods/index.ts';
import { UsageError } from '../../errors.ts';
import { readBytes } from '../../io/files.ts';
import { saveModel } from '../../io/model-file.ts';
import { saveSnn } from '../../io/snn-file.ts';
import type { ImportCheck, ImportedFile } from '../../lab/formats/import-format.ts';
import { IMPORT_FORMATS, importFormatOf } from '../../lab/formats/import-formats.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { textTable } from '../../report/table.ts';
import { flag, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { inputShapeOrNull } from '../options/input-shape.ts';
import { NORMALISATION_OPTIONS, normalisationFrom } from '../options/normalisation.ts';

export const importCommand: Command = defineCommand({
  name: 'import',
  summary: 'an ONNX file of PyTorch or another program becomes a model file',
  description:
    'Reads a trained network that another program wrote, saves it as a model file, and prints for each node what it became. ' +
    'What cannot be converted is refused by name, with the nearest thing to do instead; nothing is left out. Weights may lie ' +
    'in files beside FILE.',
  positionals: [{ name: 'FILE', help: IMPORT_FORMATS.map(({ says }) => says).join(', ') }],
  options: {
    out: { ...text('FILE', 'the model'), shown: 'FILE with the ending .safetensors' },
    ...NORMALISATION_OPTIONS,
    input: text('HxWxC', 'size of the images, where FILE leaves it open'),
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
  ],
  async run({ positionals, options, config, files, print }) {
    const path = positionals[0]!;
    const out = options.out ?? path.replace(/\.[^./\\]+$/, '').concat('.safetensors');
    files.reads('FILE', path);
    files.writes('--out', out);
    config.out = out;
    const request = {
      path,
      bytes: await readBytes(path),
      normalisation: normalisationFrom(options),
      input: inputShapeOrNull(options.input),
    };
    const format = importFormatOf(request);
    if (options.check && !format.check)
      throw new UsageError(
        `--check would change nothing: files of ${format.name} have no program to compare with`,
      );
    const file = await format.read(request);
    const check = options.check ? await format.check!(request, file, options.seed) : null;
    const { made, nodes, facts } = file;
    print(nodeTable(file));
    print(`\n${facts.join('\n')}`);
    if (check) print(checkWords(check));
    if (made.kind === 'model') await saveModel(out, made.network);
    else await saveSnn(out, made.snn);
    print(`\nsaved in ${out}`);
    if (made.kind === 'model') print(nextWords(made.network, out));
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
  return `next: strelu convert ${out} --method ${fitting[0]!.name}${fitting[0]!.needsCalibration ? ' --dataset NAME' : ''}`;
}
