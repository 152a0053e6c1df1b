/**
 * @file A trained network that another one learns from: its softened answers to each mini-batch are the soft targets.
 */
import { InputError } from '../errors.ts';
import type { Floats } from '../kernels/kernels.ts';
import { Arena } from '../memory/arena.ts';
import { type Closeable, closeable } from '../memory/closeable.ts';
import type { Architecture } from '../nn/architecture.ts';
import { foldModel } from '../nn/fold.ts';
import { forward } from '../nn/forward.ts';
import { disposeModel, type Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Owns a folded copy of its network and the memory of its answers; both are freed when it is closed. */
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
export function createTeacher({ heap, kernels }: Runtime, model: Model): Teacher {
  const folded = foldModel(heap, model);
  const tape = new Tape(kernels, new Arena(heap), { recording: false });
  return {
    targets(x, temperature) {
      tape.reset();
      const { data } = forward(tape, folded, x);
      softmaxRows(data, folded.architecture.classes, temperature);
      return data;
    },
    ...closeable(() => {
      tape.close();
      disposeModel(heap, folded);
    }),
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
