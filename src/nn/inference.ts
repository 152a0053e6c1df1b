/**
 * @file A network that only answers. It has a copy of the weights that nothing else can reach, so they never change, and what the
 * kernels make of them is made once and kept.
 */
import type { Kernels } from '../kernels/kernels.ts';
import { createPrepacked } from '../kernels/prepacked.ts';
import { type Closeable, guarded } from '../memory/closeable.ts';
import { opened } from '../memory/resources.ts';
import type { Runtime } from '../runtime.ts';
import { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Architecture } from './architecture.ts';
import { foldModel } from './fold.ts';
import { type ForwardOptions, forward } from './forward.ts';
import { allLayers } from './inner-layers.ts';
import { copyModel, disposeModel, type Model, tensorOf } from './model.ts';

/** A copy of a network that answers mini-batches of images, and the memory for them. */
export interface Inference extends Closeable {
  /** What the images go through. */
  readonly architecture: Architecture;
  /** Holds the images and all that comes of them: `reset` it before the next mini-batch. */
  readonly tape: Tape;
  /**
   * Runs a mini-batch, bit for bit as the function `forward` does.
   * @param x [batch, height, width, channels], normalised
   * @returns logits [batch, classes], on the tape
   * @throws UsageError once it has been closed
   */
  forward(x: Tensor, options?: Omit<ForwardOptions, 'training'>): Tensor;
}

/** How a network is made ready to answer. */
export interface InferenceOptions {
  /** Folds its batch norms first (`foldModel`), for speed. Default: false. */
  readonly fold?: boolean;
}

/**
 * Copies a model to run it in inference, many times: weights that are transformed for fast convolutions are transformed once. What
 * becomes of the model afterwards does not matter. Close it in the end.
 *
 * It holds the copy, and of transformed weights up to four times as much, but no more than a sixteenth of what the heap may grow to
 * (256 MiB): convolutions for which no room is left transform theirs in every call.
 * @throws InputError when the heap has no room for the copy
 * @example
 * const inference = createInference(runtime, model, { fold: true });
 * const x = inference.tape.full([2, 28, 28, 1], 0.5);
 * inference.forward(x).shape; // [2, 10]
 * inference.close();
 */
export function createInference(
  { heap, kernels }: Pick<Runtime, 'heap' | 'kernels'>,
  model: Model,
  { fold = false }: InferenceOptions = {},
): Inference {
  return opened((resources) => {
    const copy = fold ? foldModel(heap, model) : copyModel(heap, model);
    resources.defer(() => disposeModel(heap, copy));
    // Not those of layers of the caller's own, who is handed them and may write.
    const convolutions = allLayers(copy.architecture.layers).filter((layer) => layer.kind === 'conv2d');
    const weights = convolutions.map((layer) => tensorOf(copy, layer, 'weight').data);
    const prepacked = resources.use(createPrepacked(heap, weights));
    const packing: Kernels = {
      ...kernels,
      conv2d: (x, w, bias, fused, y, shape) => kernels.conv2d(x, w, bias, fused, y, shape, prepacked),
    };
    const tape = resources.use(Tape.on({ heap, kernels: packing }, { recording: false }));
    const { ends, mustBeOpen } = guarded('inference', () => {});
    resources.use(ends);
    return {
      architecture: copy.architecture,
      tape,
      forward(x, options = {}) {
        mustBeOpen();
        try {
          return forward(tape, copy, x, options);
        } finally {
          kernels.profile?.enter('other', '');
        }
      },
    };
  });
}
