/**
 * @file One training step and one inference of a whole network, as `train` and `evaluate` do them, on a batch that is already filled.
 */
import { Arena } from '../../src/memory/arena.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { forward } from '../../src/nn/forward.ts';
import { createInference, type Inference } from '../../src/nn/inference.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { Random } from '../../src/random/random.ts';
import type { Runtime } from '../../src/runtime.ts';
import { freeTensors } from '../../src/tensor/heap-tensors.ts';
import { softmaxCrossEntropy } from '../../src/tensor/ops/softmax-cross-entropy.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { TRAIN_DEFAULTS } from '../../src/train/options.ts';
import { groupParameters } from '../../src/train/parameter-groups.ts';

export interface NetworkStep {
  /** Forward, loss, backward, update of every parameter; returns the loss. */
  train(): number;
  /** Logits of the batch with batch norms folded; returns the first. */
  infer(): number;
  dispose(): void;
}

/** Images are normal, labels count up. The same seed gives the same weights and batch in every runtime. */
export function networkStep(runtime: Runtime, architecture: Architecture, batch: number): NetworkStep {
  const { heap, kernels } = runtime;
  const random = Random.seeded(1);
  const model = createModel(heap, architecture, random.fork('weights'));
  const parameters = groupParameters(runtime, model, TRAIN_DEFAULTS, 1);
  const images = Tensor.onHeap(heap, [batch, ...architecture.input]);
  for (let i = 0; i < images.size; i++) images.data[i] = random.normal();
  const labels = Uint8Array.from({ length: batch }, (_, i) => i % architecture.classes);
  const tape = new Tape(kernels, new Arena(heap));
  const dropout = random.fork('dropout');
  let inference: Inference | null = null;
  let step = 0;
  return {
    train() {
      tape.reset();
      const logits = forward(tape, model, images, { training: dropout });
      const loss = softmaxCrossEntropy(tape, logits, labels, 0);
      tape.backward(loss, 'leaves');
      parameters.update(1e-3, step++);
      return loss.item();
    },
    infer() {
      inference ??= createInference(runtime, model, { fold: true });
      inference.tape.reset();
      return inference.forward(images).data[0]!;
    },
    dispose() {
      tape.close();
      inference?.close();
      disposeModel(heap, model);
      parameters.close();
      freeTensors(heap, [images]);
    },
  };
}
