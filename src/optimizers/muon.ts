/**
 * @file Muon (Keller Jordan, 2024): momentum whose update is made nearly orthogonal, so that every direction moves by the same amount.
 */
import { guarded } from '../memory/closeable.ts';
import type { Runtime } from '../runtime.ts';
import { freeTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/interfaces.ts';
import { Tape } from '../tensor/tape.ts';
import { moments, type Optimizer } from './optimizer.ts';

/** The settings of Muon. */
export interface MuonSettings {
  /** Default: 0.02. */
  readonly learningRate?: number;
  /** Share of the running mean of the gradients that stays; the update looks ahead by one (Nesterov). Default: 0.95. */
  readonly momentum?: number;
  /** Newton-Schulz steps. Default: 5. */
  readonly iterations?: number;
  /** Every step takes learningRate * weightDecay off the parameter. Default: 0. */
  readonly weightDecay?: number;
  /**
   * Every parameter is scaled to the Frobenius norm sqrt(columns) before its step, and the step is not scaled by its shape: the rate
   * alone says how far a parameter turns. For weights whose scale means nothing, before a batch norm. Default: false.
   */
  readonly weightNorm?: boolean;
}

/** Of x -> a x + b x³ + c x⁵: steep at 0, and what is between 0.7 and 1.2 stays there. */
const [A, B, C] = [3.4445, -4.775, 2.0315] as const;

/**
 * A matrix with the directions of x and singular values near 1. x: [rows, columns], on a tape; the products are of the smaller side.
 * @example
 * const tape = Tape.on(runtime, { recording: false });
 * const [first, second] = orthogonalised(tape.array([[3, 0], [0, 5]])).data;
 * first > 0.6 && second === 0; // true
 */
export function orthogonalised(x: Tensor, iterations = 5): Tensor {
  const [rows, columns] = x.shape as [number, number];
  if (rows > columns) return orthogonalised(x.transpose(), iterations).transpose();
  let y = x.div(x.square().sum().sqrt().add(1e-7));
  for (let i = 0; i < iterations; i++) {
    const square = y.matmul(y.transpose());
    y = y.mul(A).add(square.mul(B).add(square.matmul(square).mul(C)).matmul(y));
  }
  return y;
}

/** What brings a parameter to the Frobenius norm sqrt(outputs); zeros stay zeros. */
function normScale(parameter: Tensor, outputs: number): number {
  const norm = Math.sqrt(parameter.square().sum().item());
  return norm > 0 ? Math.sqrt(outputs) / norm : 1;
}

/**
 * For weights: a matrix [in, out], or a convolution's weights, which are one with all axes but the last together. Biases and thetas
 * are for another optimizer.
 * @throws Error when a parameter is a vector
 * @example
 * const w = parameter(heap, [4, 4], kaimingNormal(Random.seeded(1)));
 * const optimizer = muon(runtime, [w]);
 * tape.use(w).square().sum().backward();
 * optimizer.step();
 * optimizer.close();
 */
export function muon(
  runtime: Pick<Runtime, 'heap' | 'kernels'>,
  parameters: readonly Tensor[],
  settings: MuonSettings = {},
): Optimizer {
  const {
    learningRate = 0.02,
    momentum = 0.95,
    iterations = 5,
    weightDecay = 0,
    weightNorm = false,
  } = settings;
  const vector = parameters.find(({ shape }) => shape.length < 2);
  if (vector) throw new Error(`muon: expected matrices, found a parameter of shape [${vector.shape}]`);
  const state = moments(runtime.heap, parameters, ['mean']);
  const tape = Tape.on(runtime, { recording: false });
  const { ends, mustBeOpen } = guarded('muon', () => {
    tape.close();
    freeTensors(runtime.heap, state.values());
  });
  return {
    learningRate,
    steps: 0,
    state,
    step() {
      mustBeOpen();
      for (const [i, parameter] of parameters.entries()) {
        if (!parameter.gradient) continue;
        const gradient = tape.array(parameter.gradient).reshape(...parameter.shape);
        const mean = tape.use(state.get(`mean.${i}`)!);
        mean.data.set(mean.mul(momentum).add(gradient.mul(1 - momentum)).data);
        const ahead = gradient.mul(1 - momentum).add(mean.mul(momentum));
        const update = orthogonalised(ahead.reshape(-1, parameter.shape.at(-1)!), iterations);
        const [ins, outs] = update.shape as [number, number];
        const rate = this.learningRate * (weightNorm ? 1 : Math.sqrt(Math.max(1, outs / ins)));
        const scale = weightNorm ? normScale(tape.use(parameter), outs) : 1;
        const decayed = tape.use(parameter).mul(scale * (1 - this.learningRate * weightDecay));
        parameter.data.set(decayed.sub(update.reshape(...parameter.shape).mul(rate)).data);
        tape.reset(); // the matrices of one parameter, not of all
      }
      this.steps++;
    },
    ...ends,
  };
}
