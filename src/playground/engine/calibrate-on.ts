/**
 * @file Calibration for the methods that need it: on what the network learned where that is at hand, else on drawn digits where it takes
 * pictures of their size; noise elsewhere would say nothing, so that is refused.
 */
import type { RunCalibration } from '../../convert/calibration.ts';
import { type Dataset, take } from '../../data/dataset.ts';
import { normalisation, normalise } from '../../data/normalise.ts';
import { drawStrokes } from '../../data/strokes.ts';
import { InputError } from '../../errors.ts';
import { Arena } from '../../memory/arena.ts';
import type { Layer } from '../../nn/architecture.ts';
import { forward } from '../../nn/forward.ts';
import type { Model } from '../../nn/model.ts';
import { Tape } from '../../tensor/tape.ts';
import type { PictureKind } from './picture-kind.ts';
import type { Workbench } from './workbench.ts';

const IMAGES = 32;
const STEPS = 32;

/** @throws InputError for a network that takes other pictures */
export function calibrateOn(
  { runtime }: Workbench,
  model: Model,
  kind: PictureKind,
  learned: Dataset | null,
): RunCalibration {
  const digits = learned ? take(learned, IMAGES) : drawStrokes({ count: IMAGES, seed: 1, split: 'train' });
  const { input, name } = model.architecture;
  if (input.join() !== digits.shape.join())
    throw new InputError(
      `${name}: this method calibrates on pictures of ${digits.shape.join('x')}, found a network for ${input.join('x')}; convert it by strelu convert, and drop the spiking network`,
    );
  const images = new Float32Array(digits.images.length);
  normalise(digits.images, digits.shape[2], normalisation(kind), images, 0);
  const activations = new Map<string, Float32Array>();
  const onOutput = (layer: Layer, output: { readonly data: ArrayLike<number> }): void => {
    if (layer.kind === 'activation') activations.set(layer.name, Float32Array.from(output.data));
  };
  const tape = new Tape(runtime.kernels, new Arena(runtime.heap), { recording: false });
  try {
    const x = tape.tensor([digits.count, ...input]);
    x.data.set(images);
    forward(tape, model, x, { onOutput });
  } finally {
    tape.close();
  }
  return { activations, images, steps: STEPS, engine: { runtime, kernels: runtime.kernels.name } };
}
