/**
 * @file The network of a run: a built-in model by its name, or a network description in a JSON file (format/network-json.ts).
 */
import { InputError } from '../../errors.ts';
import { type NetworkDescription, parseNetwork } from '../../format/network-json.ts';
import { bytesDigest } from '../../io/digest.ts';
import { jsonOf, readBytes } from '../../io/files.ts';
import type { Architecture, MapShape } from '../../nn/architecture.ts';
import { MODELS, type ModelName } from '../../nn/models/index.ts';
import { parseLevels } from './layer-levels.ts';
import type { TrainingRun } from './training-run.ts';

/** True when a run's model is a file, not a name. */
export const isDescribed = (model: string): boolean => !Object.hasOwn(MODELS, model);

export interface DescribedNetwork extends NetworkDescription {
  readonly path: string;
  /** SHA-256 of the file. */
  readonly digest: string;
}

/**
 * Reads a network description.
 * @param known digest of the file that the run to resume began with; null for a new run
 * @throws InputError when the file is missing, no description, or not the one the run began with
 */
export async function openDescription(path: string, known: string | null = null): Promise<DescribedNetwork> {
  const bytes = await readBytes(path);
  const digest = bytesDigest(bytes, 'sha256');
  if (known !== null && known !== digest)
    throw new InputError(
      `${path}: expected the file that the run began with (SHA-256 ${known}), found ${digest}; put that file back`,
    );
  return { path, digest, ...parseNetwork(jsonOf(bytes, path), path) };
}

/**
 * The architecture of a run for images of a shape.
 * @param described what its model file says; null for a built-in model
 * @throws InputError when the description does not fit the images or the classes
 */
export function architectureOf(
  run: TrainingRun,
  described: DescribedNetwork | null,
  data: { readonly shape: MapShape; readonly classes: number },
): Architecture {
  if (described === null) {
    const { activation, levels, layerLevels, rounding, thetaPer, width, pooling, border, restHead } = run;
    const style = {
      ...{ activation, levels, rounding, thetaPer, width, border, restHead },
      ...(layerLevels !== null && { layerLevels: parseLevels(layerLevels) }),
      ...(pooling !== null && { pooling }),
    };
    return MODELS[run.model as ModelName](data.shape, data.classes, style);
  }
  const architecture = described.network(data.shape, described.name);
  if (architecture.classes !== data.classes)
    throw new InputError(
      `${described.path}: the last layer gives ${architecture.classes} classes, ${run.dataset} has ${data.classes}; change its outputs`,
    );
  if (run.shift > 0 && !architecture.layers.some(({ kind }) => kind === 'batchNorm'))
    throw new InputError(
      `${described.path}: a shift needs a batch norm to begin in, and the description has none; add one, or train without a shift`,
    );
  return architecture;
}
