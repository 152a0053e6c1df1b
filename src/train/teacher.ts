/**
 * @file A trained network that another one learns from: its softened answers to each mini-batch are the soft targets.
 */
import { InputError } from '../errors.ts';
import type { Floats } from '../kernels/kernels.ts';
import { type Closeable, closeable } from '../memory/closeable.ts';
import type { Architecture } from '../nn/architecture.ts';
import { createInference } from '../nn/inference.ts';
import type { Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Owns an inference of its network, with the memory of its answers, which ends when it is closed. */
export interface Teacher extends Closeable {
  /**
   * softmax(logits / temperature) of a mini-batch in inference, [batch, classes]; overwritten by the next call.
   */
  targets(x: Tensor, temperature: number): Floats;
}

/** @throws InputError when it looks at other images or knows other classes than the network that is to learn */
export function checkTeacher(teacher: Architecture, student: Architecture): void {
  const [found, wanted] = [teacher, student].map(
    ({ input, classes }) => `images of ${input.join('x')} in ${classes} classes`,
  );
  if (found !== wanted)
    throw new InputError(
      `teacher ${teacher.name}: expected ${wanted}, as ${student.name} has, found ${found}; choose a teacher of the same data set`,
    );
}

/** Copies the model, with its batch norms folded: the model itself is not needed any more. */
export function createTeacher(runtime: Runtime, model: Model): Teacher {
  const inference = createInference(runtime, model, { fold: true });
  return {
    targets(x, temperature) {
      inference.tape.reset();
      const { data } = inference.forward(x);
      softmaxRows(data, inference.architecture.classes, temperature);
      return data;
    },
    ...closeable(() => inference.close()),
  };
}

/** Replaces each row by its softmax(values / temperature). */
function softmaxRows(values: Floats, channels: number, temperature: number): void {
  for (let row = 0; row < values.length; row += channels) {
    const logits = values.subarray(row, row + channels);
    let largest = Number.NEGATIVE_INFINITY;
    for (const logit of logits) largest = Math.max(largest, logit);
    let sum = 0;
    for (const logit of logits) sum += Math.exp((logit - largest) / temperature);
    for (let c = 0; c < channels; c++) logits[c] = Math.exp((logits[c]! - largest) / temperature) / sum;
  }
}
