/**
 * @file `inspect`: what is in a file: layers, shapes, parameters, operations, provenance.
 */
import { networkPath } from '../../io/pretrained.ts';
import { type Inspection, inspectFile } from '../../lab/inspect-file.ts';
import type { LearnedData } from '../../nn/learned-data.ts';
import { precise } from '../../report/format.ts';
import { summaryTable } from '../../report/summary-table.ts';
import { textTable } from '../../report/table.ts';
import { textOr } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { inputShape } from '../options/input-shape.ts';

export const inspect: Command = defineCommand({
  name: 'inspect',
  summary: 'what is in a file: layers, shapes, parameters, operations, provenance',
  description:
    'Prints what a file holds: a trained network, a spiking network, a checkpoint, or a network description in JSON. Nothing is ' +
    'run, and nothing is written.',
  positionals: [
    {
      name: 'FILE',
      help: 'a file that train or convert wrote, a description, or pretrained:NAME',
      pretrained: true,
    },
  ],
  options: {
    input: textOr('HxWxC', '28x28x1', 'the images that a network description is asked about'),
  },
  examples: [
    { line: 'strelu inspect runs/digits.safetensors', says: 'layers, output shapes, parameters, MACs' },
    { line: 'strelu inspect runs/digits.snn.safetensors', says: 'spiking layers, thresholds, synapses' },
    { line: 'strelu inspect net.json --input 32x32x3', says: 'what a description becomes for such images' },
    { line: 'strelu inspect runs/digits.safetensors --json -', says: 'the same as JSON' },
  ],
  async run({ positionals, options, print }) {
    const found = await inspectFile(await networkPath(positionals[0]!), inputShape(options.input));
    print(words(found));
    return { exit: 0, result: { inspection: found } };
  },
});

function words(found: Inspection): string {
  if (found.kind === 'checkpoint') {
    const { tensors, numbers, metadata } = found;
    return `checkpoint: ${tensors} tensors, ${numbers} numbers\n\n${pairs(metadata)}`;
  }
  const { name, input, classes } = found;
  const head = `${found.kind} ${name}: images ${input.join('x')}, ${classes} classes`;
  if (found.kind !== 'spiking network')
    return [head, summaryTable(found.layers), learnedText(found.learned), pairs(found.provenance)]
      .filter(Boolean)
      .join('\n\n');
  const grid = found.grid ? `, ${found.grid.kind} grid` : '';
  const rows = found.layers.map(({ name, shape, theta, inputs, weights, synapses }) => [
    name,
    shape.join('x'),
    theta === null ? 'readout' : [...new Set(theta.map((value) => precise(value, 4)))].join(' to '),
    inputs.join(', '),
    String(weights),
    String(synapses),
  ]);
  return [
    `${head}\nneuron ${found.neuron}${grid}, v0 = ${found.initialPotential} theta: ${found.says}`,
    textTable(
      [
        { title: 'layer', align: 'left' },
        { title: 'shape', align: 'left' },
        { title: 'theta', align: 'left' },
        { title: 'inputs', align: 'left' },
        { title: 'weights', align: 'right' },
        { title: 'synapses', align: 'right' },
      ],
      [...rows, ['total', '', '', '', String(found.weights), String(found.synapses)]],
    ),
    learnedText(found.learned),
    pairs(found.provenance),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** How images are normalised, and what classes are called; '' where the file does not say. */
function learnedText(learned: LearnedData | undefined): string {
  if (!learned) return '';
  const { mean, deviation, classNames } = learned;
  const numbers = (values: readonly number[]): string => values.map((value) => precise(value, 4)).join(', ');
  return pairs({
    'mean of images': numbers(mean),
    'their deviation': numbers(deviation),
    ...(classNames && { classes: classNames.join(', ') }),
  });
}

/** One key and its value a line, long values cut. */
function pairs(values: Readonly<Record<string, string | number | boolean>>): string {
  const width = Math.max(0, ...Object.keys(values).map((key) => key.length));
  return Object.entries(values)
    .map(([key, value]) => `${key.padEnd(width)}  ${String(value).slice(0, 100)}`)
    .join('\n');
}
