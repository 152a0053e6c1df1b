/**
 * @file strelu on one page: what the package offers to those who import it, in the order of the work.
 * Everything here is free of Node, Deno and browser specifics; files are in `io/`, the command line in `cli/`.
 */

// Errors and randomness
export { InputError, UsageError } from './errors.ts';
export { Random, type RandomState } from './random/random.ts';

// Where things run: a heap, a team of threads, a kernel set
export type { Kernels } from './kernels/kernels.ts';
export { Arena } from './memory/arena.ts';
export { createTeam } from './memory/create-team.ts';
export type { Closeable } from './memory/closeable.ts';
export { Heap, type HeapOptions } from './memory/heap.ts';
export type { Team } from './memory/team.ts';
export { createRuntime, type KernelSet, type Runtime, type RuntimeOptions } from './runtime.ts';

// Tensors and automatic differentiation
export type { Operation, Value } from './kernels/elementwise/operation.ts';
export type { Clip, Floats } from './kernels/kernels.ts';
export { freeTensors } from './tensor/heap-tensors.ts';
export type {
  BatchNormParameters,
  Conv2dOptions,
  ReduceOptions,
  Slice,
  Tape as TapeInterface,
  Tensor as TensorInterface,
  VarianceOptions,
} from './tensor/interfaces.ts';
export type { Padding, Pair, WindowOptions } from './tensor/ops/window.ts';
export type { Axes, Shape } from './tensor/shape.ts';
export { loadStateDict, type NamedTensors, type StateDict, stateDict } from './tensor/state-dict.ts';
export { Tape, type TapeOptions } from './tensor/tape.ts';
export { type Precision, Tensor } from './tensor/tensor.ts';
export type { ArraySource, Nested } from './tensor/to-floats.ts';

// Parameters, losses, optimizers
export {
  constant,
  type Initialiser,
  kaimingNormal,
  kaimingUniform,
  normal,
  parameter,
  uniform,
  xavierNormal,
  xavierUniform,
} from './nn/initialisers.ts';
export { crossEntropy, type CrossEntropyOptions } from './nn/losses/cross-entropy.ts';
export { mse } from './nn/losses/mse.ts';
export { spikePenalty } from './nn/losses/spike-penalty.ts';
export { adam, type AdamSettings, adamW, type AdamWSettings } from './optimizers/adam.ts';
export { muon, type MuonSettings } from './optimizers/muon.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { sgd, type SgdSettings } from './optimizers/sgd.ts';
export type { SpikeCode } from './tensor/ops/spike-penalty.ts';

// Networks
export { ACTIVATIONS } from './nn/activations/index.ts';
export type { Architecture, Layer, MapShape, TrainedNetwork } from './nn/architecture.ts';
export { foldModel } from './nn/fold.ts';
export { forward } from './nn/forward.ts';
export { disposeModel, type Model } from './nn/model.ts';
export { createModel } from './nn/create-model.ts';
export { exportNetwork, loadWeights, withModel } from './nn/trained-network.ts';
export { MODELS, type ModelName } from './nn/models/index.ts';
export {
  type ActivationOptions,
  avgPool,
  batchNorm,
  type Conv2dLayerOptions,
  conv2d,
  dropout,
  flatten,
  type LayerSpec,
  linear,
  type Namer,
  qcfs,
  relu,
  residual,
  strelu,
  tleakyRelu,
  trelu,
} from './nn/layers.ts';
export { type Network, sequential } from './nn/sequential.ts';
export { type LayerSummary, summarise } from './nn/summary.ts';
export { type NetworkDescription, parseNetwork } from './format/network-json.ts';

// Data
export { type Batches, type BatchOptions, createBatches } from './data/batches.ts';
export { checkDataset, type Dataset, imageAt, imageView, pixelStatistics, take } from './data/dataset.ts';
export { type IdxArray, parseIdx, readIdx } from './data/idx.ts';
export { normalised } from './data/normalise.ts';
export { decodeNpy, encodeNpy, type NpyArray } from './data/npy.ts';
export { drawStrokes } from './data/strokes.ts';

// Training
export type { Checkpoint, EpochSummary } from './train/checkpoint.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './train/evaluate.ts';
export { TRAIN_DEFAULTS, type TrainOptions } from './train/options.ts';
export { type TrainData, type TrainEvent, train } from './train/train.ts';

// Conversion
export { type Conversion, type ConvertOptions, convert } from './convert/convert.ts';
export type { Calibration } from './convert/calibration.ts';
export type { ConversionMethod } from './convert/conversion-method.ts';
export { CONVERSION_METHODS } from './convert/methods/index.ts';
export type { ConversionReport } from './convert/conversion-report.ts';
export { conversionTable } from './convert/conversion-table.ts';
export {
  type DyadicOptions,
  exactNetwork,
  onDyadicGrid,
  quantisedToInt8,
  restCoded,
  snapImages,
  withUnitThresholds,
} from './convert/transforms/index.ts';

// Spiking networks
export type { NumberGrid } from './snn/grid.ts';
export type { SpikingNetwork } from './snn/network.ts';
export { NEURONS, neuronNamed } from './snn/neurons/index.ts';
export { CONSERVATION, type Neuron } from './snn/neurons/neuron.ts';
export { simulate } from './snn/simulate.ts';
export { accuracyBySteps, type SimulateOptions, type SimulationResult } from './snn/simulation.ts';
export { type Fired, type FireRule, step } from './snn/step.ts';

// Operations and energy
export { breakEven, estimateEnergy } from './energy/estimate-energy.ts';
export { ESTIMATORS } from './energy/estimators.ts';
export { MEMORIES, memoryEnergy } from './energy/memories.ts';
export { countOperations, type OperationCounts } from './energy/count-operations.ts';
export { countTraffic, type Traffic } from './energy/count-traffic.ts';

// Proof
export { anatomyOf, type LayerAnatomy } from './proof/anatomy/anatomy-of.ts';
export { certifyBall } from './proof/bounds/certify-ball.ts';
export { certify } from './proof/bounds/certify.ts';
export { checkConservation } from './proof/laws/check-conservation.ts';
export { checkCountLaw } from './proof/laws/check-count-law.ts';
export { checkExactLaw } from './proof/laws/check-exact-law.ts';
export { checkOverload } from './proof/laws/check-overload.ts';
export { runQuantised } from './proof/networks/run-quantised.ts';
export { counterpartsOf } from './proof/networks/counterparts.ts';
export { traceLayer } from './proof/laws/trace-layer.ts';

// Files as bytes: read and written anywhere (on disk: strelu/node)
export { decodeModel, encodeModel, type SaveModelOptions } from './format/model-format.ts';
export { decodeSafetensors, encodeSafetensors, type StoredTensor } from './format/safetensors.ts';
export { decodeSnn, encodeSnn, type ReadSnnOptions } from './format/snn-format.ts';
