/**
 * @file Weights of PyTorch with a description of the network: either may be FILE, the other is named by --model or --state-dict.
 */
import { UsageError } from '../../errors.ts';
import { MODEL_FORMAT } from '../../format/format-names.ts';
import { parseNetwork } from '../../format/network-json.ts';
import { importStateDict } from '../../format/state-dict/import-state-dict.ts';
import { readBytes, readJson } from '../../io/files.ts';
import { normalisationOf } from '../../onnx/import/normalisation.ts';
import { printablePart } from '../../printable.ts';
import type { ImportFormat, ImportRequest } from './import-format.ts';

export const stateDictImport: ImportFormat = {
  name: 'state-dict',
  says: 'weights of PyTorch (.safetensors), a description (.json)',
  settings: ['input', 'model', 'stateDict', 'theta'],
  endings: /\.(safetensors|json)$/i,
  async read(request) {
    const { normalisation, input, settings } = request;
    const { weights, description } = placesOf(request);
    if (!input)
      throw new UsageError(
        '--input: expected the size of the images, which neither weights nor description say, such as 28x28x1, found none',
      );
    const bytes = weights === request.path ? request.bytes : await readBytes(weights);
    const { name, network } = parseNetwork(await readJson(description), description);
    const { theta } = settings;
    const found = importStateDict(bytes, network(input, name), weights, { ...(theta !== null && { theta }) });
    const { learned, from } = normalisationOf(normalisation, new Map(), input[2], weights);
    return {
      made: { kind: 'model', network: { ...found.network, ...(learned && { learned }) } },
      nodes: found.matches.map(({ module, became, layer }, i) => ({
        position: i + 1,
        name: printablePart(module ?? '(given)'),
        operator: became,
        became: printablePart(layer),
      })),
      facts: [
        `state_dict: ${found.matches.length} layers of ${name}; ${found.ignored.length} counters of batches are not needed`,
        from === 'none'
          ? 'normalisation: none; weights do not say how their images are normalised: give --mean and --std as in training (0 and 1 for images from 0 to 1)'
          : 'normalisation: as given',
      ],
    };
  },
};

/** Which file is which. @throws UsageError when one of the two is not named */
function placesOf({ path, settings: { model, stateDict } }: ImportRequest): {
  readonly weights: string;
  readonly description: string;
} {
  if (/\.json$/i.test(path)) {
    if (model !== null)
      throw new UsageError(
        `--model: ${path} is a description already; give its weights as --state-dict FILE`,
      );
    if (stateDict === null)
      throw new UsageError(
        `--state-dict: expected the weights for ${path}, found none; give PyTorch's as --state-dict FILE`,
      );
    return { weights: stateDict, description: path };
  }
  if (stateDict !== null)
    throw new UsageError(`--state-dict: ${path} holds weights already; give its description as --model FILE`);
  if (model === null)
    throw new UsageError(
      `--model: expected the description of the network for ${path}, found none; give --model FILE.json (a ${MODEL_FORMAT} file needs no import)`,
    );
  return { weights: path, description: model };
}
