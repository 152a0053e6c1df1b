/**
 * @file Everything that decides a training run, as plain data: with the data set and the model it fixes every bit of the result.
 */
import type { AugmentSpec } from '../data/augment/create-augment.ts';
import type { SpikeCode } from '../tensor/ops/spike-penalty.ts';

/** How a network is trained. `TRAIN_DEFAULTS` has a value for each. */
export interface TrainOptions {
  /** Passes through the training images. */
  readonly epochs: number;
  /** Images per step. A last mini-batch that would be smaller is left out of its epoch. */
  readonly batchSize: number;
  /** Decides the order of the images, augmentation and dropout. */
  readonly seed: number;
  /** 'muon': weights by Muon, everything else by sgd. */
  readonly optimizer: 'sgd' | 'adam' | 'muon';
  /** At its peak: it rises in a straight line over `warmup`, then falls to 0 as `fall` says. */
  readonly learningRate: number;
  /** 'cosine': along half a cosine; 'linear': in a straight line. */
  readonly fall: 'cosine' | 'linear';
  /** Share of its velocity that a weight keeps from step to step (sgd, muon). */
  readonly momentum: number;
  /** True: momentum looks ahead (sgd). */
  readonly nesterov: boolean;
  /** Of the weights; biases and batch norms do not decay. */
  readonly weightDecay: number;
  /** 'weights': Muon takes every matrix; 'convolutions': only weights with more than two axes, and sgd the linear layers. */
  readonly muonOf: 'weights' | 'convolutions';
  /** Newton-Schulz steps of Muon. */
  readonly muonIterations: number;
  /** Every weight of Muon's is scaled to the Frobenius norm sqrt(outputs) before its step, so that the rate alone says how far it turns. */
  readonly weightNorm: boolean;
  /** The learning rate of biases and batch norms as a multiple of `learningRate`. */
  readonly normRate: number;
  /** The weight decay of biases and of the shifts (beta) of batch norms. */
  readonly normDecay: number;
  /** True: the scales (gamma) of batch norms are not trained. */
  readonly fixedScale: boolean;
  /** The learning rate of the last layer's weights as a multiple of `learningRate`. */
  readonly headRate: number;
  /** The last layer's own weight decay; null: `weightDecay`. */
  readonly headDecay: number | null;
  /**
   * True: the last layer has no bias of its own but theta times the sum of its weights, so that it reads what the neurons before it send
   * above their rest: a symmetric clip is then trained as the threshold ReLU of twice the height (THEORY.md, L20). Needs fixed thetas.
   */
  readonly restHead: boolean;
  /** True: the weights of the first layer are not trained. Its bias is, where it has one. */
  readonly frozenFirst: boolean;
  /** Epochs that the first layer's bias is trained for; 0: all. */
  readonly firstBiasEpochs: number;
  /** The thresholds' learning rate as a multiple of `learningRate`; 0 keeps them fixed. */
  readonly thetaRate: number;
  /** The thresholds' own weight decay. */
  readonly thetaDecay: number;
  /** Thresholds start this many times wider (with thetaRate 0) and shrink in a straight line over the first `anneal` epochs. */
  readonly thetaFrom: number;
  /** How long the thresholds shrink, in epochs (fractions count); 0: they do not. */
  readonly anneal: number;
  /** How long the learning rate rises, in epochs (fractions count). */
  readonly warmup: number;
  /** Share of each label that is spread evenly over all classes, from 0 to below 1. */
  readonly labelSmoothing: number;
  /** Epochs before the activations are put on their grid, where the architecture has one (QCFS is on it from the start). */
  readonly continuousEpochs: number;
  /** Price of one spike per neuron and step, added to the loss; counts only while the grid is on. */
  readonly spikePenalty: number;
  /** The code whose spikes have that price: that of the neuron which the network is meant for. */
  readonly spikeCode: SpikeCode;
  /** Decay of the moving average of the weights that is evaluated and kept in the end; 0: the weights themselves. */
  readonly ema: number;
  /** After every so many steps the weights go back part of the way to where they were (Lookahead); 0: never. */
  readonly lookahead: number;
  /** How much of the way since then they keep, above 0 and up to 1. */
  readonly lookaheadShare: number;
  /** True: before each test the running statistics are taken anew, as means over training images with the weights as they are then. */
  readonly recomputeNorms: boolean;
  /** Share of the loss that a teacher's answers make up, 0 to 1; needs a teacher in the data. */
  readonly teacherWeight: number;
  /** Softens the answers of teacher and learner: softmax(logits / temperature). */
  readonly temperature: number;
  /** What is done to every training image, differently in each epoch; {}: nothing. */
  readonly augment: AugmentSpec;
}

/**
 * A value for every training option: spread it and change what you like.
 * @example
 * const options = { ...TRAIN_DEFAULTS, epochs: 10, learningRate: 0.1 };
 * options.batchSize; // 64
 */
export const TRAIN_DEFAULTS: TrainOptions = {
  epochs: 3,
  batchSize: 64,
  seed: 1,
  optimizer: 'sgd',
  learningRate: 0.05,
  fall: 'cosine',
  momentum: 0.9,
  nesterov: true,
  weightDecay: 5e-4,
  muonOf: 'weights',
  muonIterations: 5,
  weightNorm: false,
  normRate: 1,
  normDecay: 0,
  fixedScale: false,
  headRate: 1,
  headDecay: null,
  restHead: false,
  frozenFirst: false,
  firstBiasEpochs: 0,
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
  lookahead: 0,
  lookaheadShare: 0.5,
  recomputeNorms: false,
  teacherWeight: 0,
  temperature: 4,
  augment: {},
};
