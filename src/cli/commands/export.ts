/**
 * @file `export`: a network of ours as a file that other programs read.
 */
import { UsageError } from '../../errors.ts';
import { networkPath } from '../../io/pretrained.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import type { ExportFormat } from '../../lab/formats/export-format.ts';
import { EXPORT_FORMATS } from '../../lab/formats/export-formats.ts';
import { openOwnFile } from '../../lab/formats/open-own-file.ts';
import { choice, flag, integerOrNull, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { usualPlace } from '../pretrained-name.ts';
import { refuseUnasked } from '../unasked.ts';

const NAMES = EXPORT_FORMATS.map(({ name }) => name);

export const exportCommand: Command = defineCommand({
  name: 'export',
  summary: 'a network as a file of other programs: ONNX, NIR, weights for PyTorch or NumPy',
  description:
    'Writes a network as a file that other programs read. What the format has no words for is refused by name; nothing is left ' +
    'out or approximated.',
  positionals: [
    {
      name: 'FILE',
      help: 'a file that train, import or convert wrote, or pretrained:NAME',
      pretrained: true,
    },
  ],
  options: {
    to: choice(NAMES, NAMES[0]!, EXPORT_FORMATS.map(({ name, says }) => `${name}: ${says}`).join('; ')),
    out: { ...text('FILE', 'the file'), shown: 'FILE with the ending of the format' },
    folded: flag('batch norms folded into the weights before them'),
    levels: integerOrNull(
      'as trained',
      'every activation on a grid of N levels from 0 to its threshold: what the counts after N steps are compared with; 0: none',
      0,
      2 ** 24 - 1,
    ),
  },
  examples: [
    { line: 'strelu export runs/digits.safetensors --to onnx', says: 'to runs/digits.onnx, layer by layer' },
    {
      line: 'strelu export runs/digits.safetensors --folded --levels 8 --out runs/digits-8.onnx',
      says: 'the quantised network of T = 8: QuantizeLinear and DequantizeLinear behind every clip',
    },
    {
      line: 'strelu export pretrained:strokes-lenet-strelu --out runs/lenet.onnx',
      says: 'a network that comes with strelu',
    },
    {
      line: 'strelu export runs/digits.snn.safetensors --to nir',
      says: 'the spiking network for other simulators, to runs/digits.nir',
    },
    {
      line: 'strelu export runs/digits.safetensors --to state-dict --out weights.safetensors',
      says: 'weights for load_state_dict',
    },
    { line: 'strelu export runs/digits.snn.safetensors --to npz', says: 'thresholds and weights for NumPy' },
  ],
  async run({ positionals, options, given, config, files, print }) {
    const path = await networkPath(positionals[0]!);
    const format = EXPORT_FORMATS.find(({ name }) => name === options.to)!;
    refuseUseless(format, given);
    const out =
      options.out ??
      usualPlace(positionals[0]!, path)
        .replace(/(\.snn)?\.safetensors$/, '')
        .concat(format.ending);
    files.reads('FILE', path);
    files.writes('--out', out, [...format.replaces, ...(format.replacesAsked ?? [])]);
    config.out = out;
    const file = await openOwnFile(path);
    const { folded, levels } = options;
    const { bytes, facts } = await format.write(file, { folded, levels }, path);
    if (options.out === null) refuseUnasked(out, format.replacesAsked ?? []);
    await writeAtomic(out, bytes);
    print(facts.join('\n'));
    print(`\nsaved in ${out} (${bytes.length} bytes)`);
    return {
      exit: 0,
      result: {
        exported: { format: format.name, facts, bytes: bytes.length },
        files: { [format.name]: out },
      },
    };
  },
});

/** @throws UsageError for an option that the format would not look at */
function refuseUseless({ name, settings }: ExportFormat, given: ReadonlySet<string>): void {
  const useless = (['folded', 'levels'] as const).find(
    (option) => given.has(option) && !settings.includes(option),
  );
  if (useless) throw new UsageError(`--${useless} would change nothing: --to ${name} does not look at it`);
}
