/**
 * @file Everything that decides a training run, as plain data: with the data set and the model it fixes every bit of the result.
 */
import type { AugmentSpec } from '../data/augment/create-augment.ts';
import type { SpikeCode } from '../tensor/ops/spike-penalty.ts';

export interface TrainOptions {
  readonly epochs: number;
  /** Images per step; a last, smaller batch is left out of its epoch. */
  readonly batchSize: number;
  readonly seed: number;
  readonly optimizer: 'sgd' | 'adam';
  /** Learning rate at its peak. */
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** For weights; biases and batch norm are not decayed. */
  readonly weightDecay: number;
  /** The thresholds' learning rate as a multiple of `learningRate`; 0 keeps them fixed. */
  readonly thetaRate: number;
  /** The thresholds' own weight decay. */
  readonly thetaDecay: number;
  /** Thresholds start so many times wider (with thetaRate 0) and shrink in a straight line over the first `anneal` epochs. */
  readonly thetaFrom: number;
  /** Epochs (fractions count); 0: no annealing. */
  readonly anneal: number;
  /** Epochs of linear warm-up (fractions count). */
  readonly warmup: number;
  /** Label smoothing, 0 to 1. */
  readonly labelSmoothing: number;
  /** Epochs before the activation's grid comes in (only where the architecture has one; QCFS always has). */
  readonly continuousEpochs: number;
  /** Price of one spike per neuron and step, added to the loss; counts only while the grid is on. */
  readonly spikePenalty: number;
  /** The code whose spikes have that price: that of the neuron the network is meant for. */
  readonly spikeCode: SpikeCode;
  /** Decay of the moving average of the weights that is evaluated and kept in the end; 0: the weights themselves. */
  readonly ema: number;
  /** Share of the loss that a teacher's answers make up, 0 to 1; needs a teacher in the data. */
  readonly teacherWeight: number;
  /** Softens both networks' answers: softmax(logits / temperature). */
  readonly temperature: number;
  /** What is done to every training image, anew in each epoch; {} is nothing. */
  readonly augment: AugmentSpec;
}

export const TRAIN_DEFAULTS: TrainOptions = {
  epochs: 3,
  batchSize: 64,
  seed: 1,
  optimizer: 'sgd',
  learningRate: 0.05,
  momentum: 0.9,
  nesterov: true,
  weightDecay: 5e-4,
  thetaRate: 0.02,
  thetaDecay: 0,
  thetaFrom: 1,
  anneal: 0,
  warmup: 0.25,
  labelSmoothing: 0,
  continuousEpochs: 0,
  spikePenalty: 0,
  spikeCode: 'half',
  ema: 0,
  teacherWeight: 0,
  temperature: 4,
  augment: {},
};
