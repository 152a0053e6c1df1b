/**
 * @file strelu on one page, in the order of the work: where things run, data, networks, training, conversion, simulation, what it
 * costs, what is proven. All of it runs on Node, on Deno and in browsers; files on disk are in `strelu/node`. Every type that a
 * signature names is here too.
 */

// Errors, and randomness from a seed
export {
  type ErrorCode,
  InputError,
  UsageError,
  UserError,
  type UserErrorOptions,
} from './errors.ts';
export { Random, type RandomState } from './random/random.ts';

// Where things run: a runtime is a heap, a team of threads and a set of kernels
export { createRuntime, type KernelSet, type Runtime, type RuntimeOptions } from './runtime.ts';
export { Arena, type Mark } from './memory/arena.ts';
export type { Closeable } from './memory/closeable.ts';
export { createTeam } from './memory/create-team.ts';
export { Heap, type HeapOptions } from './memory/heap.ts';
export type { Program, Team, TeamOptions } from './memory/team.ts';

// Data sets
export { imageView } from './data/image-view.ts';
export { checkDataset, type Dataset, imageAt, pixelStatistics, take } from './data/dataset.ts';
export { createDataset, type DatasetParts } from './data/create-dataset.ts';
export { asLearned, learnedFrom } from './data/learned.ts';
export type { LearnedData } from './nn/learned-data.ts';
export { type HeldOut, holdOut } from './data/hold-out.ts';
export { type SplitBySeed, splitBySeed } from './data/split.ts';
export { drawStrokes, type StrokesOptions } from './data/strokes.ts';
export { type IdxArray, parseIdx, readIdx } from './data/idx.ts';
export { decodeNpy, encodeNpy, type NpyArray } from './data/npy.ts';
export { decodeNpz, type Npz } from './data/npz.ts';
export { type CsvTable, decodeCsv } from './data/csv.ts';
export { decodePicture } from './data/pictures/decode-picture.ts';
export { withChannels, withSize } from './data/pictures/fit-picture.ts';
export type {
  DecodedJpeg,
  DecodedPng,
  JpegOptions,
  Picture,
  PictureDecoders,
} from './data/pictures/picture.ts';
export type { Augment, Sight } from './data/augment.ts';
export type { AugmentSpec } from './data/augment/create-augment.ts';
export { type Batches, type BatchOptions, createBatches } from './data/batches.ts';
export { normalised } from './data/normalise.ts';

// Tensors and automatic differentiation
export type { Clip, Floats, Labels } from './kernels/kernels.ts';
export { freeTensors } from './tensor/heap-tensors.ts';
export type {
  AvgPoolOptions,
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
export { tensorView } from './tensor/tensor-view.ts';
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

// Networks: as plain data, and as models on the heap
export type {
  ActivationLayer,
  ActivationName,
  Architecture,
  AvgPoolLayer,
  BatchNormLayer,
  ConcatLayer,
  Conv2dLayer,
  CustomLayer,
  DropoutLayer,
  FlattenLayer,
  Layer,
  LinearLayer,
  MapShape,
  MaxPoolLayer,
  PadLayer,
  ResidualLayer,
  TrainedNetwork,
} from './nn/architecture.ts';
export { mapSize } from './nn/architecture.ts';
export type { Border, Frame, MapWindow, Pair as MapPair, Square } from './nn/map-window.ts';
export { activationLayers } from './nn/activation-layers.ts';
export type { Activation } from './nn/activations/activation.ts';
export type { OwnActivation } from './nn/activations/own-activation.ts';
export { ACTIVATIONS } from './nn/activations/index.ts';
export { foldModel } from './nn/fold.ts';
export { type ForwardOptions, forward } from './nn/forward.ts';
export { createInference, type Inference, type InferenceOptions } from './nn/inference.ts';
export { disposeModel, type Model } from './nn/model.ts';
export type { ParameterSpec, Roles } from './nn/parameters.ts';
export { argmax } from './nn/argmax.ts';
export { createModel, type InitialOptions } from './nn/create-model.ts';
export { exportNetwork, loadWeights, withModel } from './nn/trained-network.ts';
export { MODELS, type ModelFactory, type ModelName } from './nn/models/index.ts';
export type { ConvBorder, ModelOptions, Pooling } from './nn/models/build.ts';
export {
  type ActivationOptions,
  activation,
  type AvgPoolLayerOptions,
  avgPool,
  batchNorm,
  concat,
  type Conv2dLayerOptions,
  conv2d,
  custom,
  dropout,
  flatten,
  globalAvgPool,
  type LayerSpec,
  linear,
  maxPool,
  type Namer,
  type PoolLayerOptions,
  pad,
  qcfs,
  relu,
  residual,
  strelu,
  tleakyRelu,
  trelu,
} from './nn/layers.ts';
export type { LinearEquivalent, OwnLayer } from './nn/own-layer.ts';
export { type Network, sequential } from './nn/sequential.ts';
export { type LayerSummary, summarise } from './nn/summary.ts';
export { type NetworkDescription, parseNetwork } from './format/network-json.ts';

// Training
export { type TrainData, type TrainEvent, train } from './train/train.ts';
export type { EarlyStopping } from './train/early-stopping.ts';
export {
  type EpochEvent,
  type Fit,
  type FitResult,
  type FitSettings,
  fit,
  type StepEvent,
  type TrainingLog,
} from './train/fit.ts';
export { TRAIN_DEFAULTS, type TrainOptions } from './train/options.ts';
export type { Checkpoint, EpochSummary, EpochSums } from './train/checkpoint.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './train/evaluate.ts';

// Conversion to a spiking network, and what can be done to one
export { type Conversion, type ConvertOptions, convert } from './convert/convert.ts';
export { CONVERSION_METHODS, methodNamed } from './convert/methods/index.ts';
export type { ConversionMethod } from './convert/conversion-method.ts';
export type { Calibration, RunCalibration } from './convert/calibration.ts';
export type { ConversionReport } from './convert/conversion-report.ts';
export type { LayerReport } from './convert/layer-report.ts';
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

// Spiking networks and their simulation
export type { PoolWindow, SpikingLayer, SpikingNetwork, Synapses } from './snn/network.ts';
export type { NumberGrid } from './snn/grid.ts';
export { NEURONS, neuronNamed } from './snn/neurons/index.ts';
export {
  CONSERVATION,
  type CountBound,
  type EmissionMode,
  type Neuron,
  type NeuronLaws,
  type Range,
  type Settling,
  type SimdMode,
} from './snn/neurons/neuron.ts';
export { type Fired, type FireRule, step } from './snn/step.ts';
export { simulate } from './snn/simulate.ts';
export {
  accuracyBySteps,
  type EngineName,
  type LayerActivity,
  type LayerRecord,
  type RecordOptions,
  type Schedule,
  type SimulateOptions,
  type SimulationResult,
} from './snn/simulation.ts';
export { type SpikeEvents, spikeEvents } from './snn/spike-events.ts';
export type { StopRule } from './snn/early-stop.ts';
export type { LayerTimes, TuningTable } from './snn/tuning-table.ts';

// What a simulation costs: operations, memory traffic, energy
export { countOperations, type OperationCounts, type RunActivity } from './energy/count-operations.ts';
export {
  type AnnTraffic,
  countTraffic,
  type SnnTraffic,
  type Traffic,
  type Widths,
} from './energy/count-traffic.ts';
export { type AgainstAnn, type AgainstAnns, ANNS, againstAnns, type AnnName } from './energy/against-anns.ts';
export { nonZeroMacs } from './energy/non-zero-macs.ts';
export { ESTIMATORS, type Estimator } from './energy/estimators.ts';
export { breakEven, type Energy, estimateEnergy } from './energy/estimate-energy.ts';
export { MEMORIES, type Memory, type MemoryEnergy, memoryEnergy } from './energy/memories.ts';

// Proof: the networks that a spiking one is compared with
export { type LayerWiring, wiringOf } from './snn/wiring.ts';
export type { Geometry, ScaledSynapses } from './snn/geometry.ts';
export { type FoldedRun, runFolded } from './proof/networks/run-folded.ts';
export { type QuantisedRun, runQuantised } from './proof/networks/run-quantised.ts';
export type { CountOf } from './proof/networks/ideal-count.ts';
export { type Counterpart, counterpartsOf } from './proof/networks/counterparts.ts';

// Proof: the laws on a run, certificates, and where a loss comes from
export type { LayerTrace } from './proof/laws/layer-trace.ts';
export { traceLayer } from './proof/laws/trace-layer.ts';
export { type Conservation, checkConservation } from './proof/laws/check-conservation.ts';
export { type CountLaw, checkCountLaw } from './proof/laws/check-count-law.ts';
export { checkOverload, type Overload } from './proof/laws/check-overload.ts';
export { checkExactLaw, type ExactLaw } from './proof/laws/check-exact-law.ts';
export { type Certificate, type CertifyOptions, certify } from './proof/bounds/certify.ts';
export { type BallCertificate, certifyBall } from './proof/bounds/certify-ball.ts';
export { anatomyOf } from './proof/anatomy/anatomy-of.ts';
export type { AnatomySums, LayerSums } from './proof/anatomy/anatomy-sums.ts';
export { type AnatomyImage, AnatomyTally } from './proof/anatomy/anatomy-tally.ts';
export type {
  Cancellation,
  ErrorPart,
  LayerAnatomy,
  ResidualMembrane,
} from './proof/anatomy/layer-anatomy.ts';
export type { SummedCancellation } from './proof/anatomy/cancellation-sums.ts';
export type { CorrelationSums } from './proof/anatomy/correlation.ts';
export type { ErrorStatistics, Histogram, SummedErrors } from './proof/anatomy/error-sums.ts';

// Files as bytes: written and read anywhere (on disk: strelu/node)
export type { OwnParts } from './format/architecture-json.ts';
export {
  decodeModel,
  encodeModel,
  type ReadModelOptions,
  type SaveModelOptions,
} from './format/model-format.ts';
export { decodeSnn, encodeSnn, type ReadSnnOptions } from './format/snn-format.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type TensorFile,
} from './format/safetensors.ts';
export type { Dtype, TensorData } from './format/dtypes.ts';

// Files for NumPy
export { encodeNpz, type ShapedArray } from './data/encode-npz.ts';
export { encodeSpikes, encodeWeights } from './format/network-npz.ts';

// Weights of PyTorch: a state_dict as safetensors, in and out
export {
  importStateDict,
  type StateDictImport,
  type StateDictMatch,
  type StateDictOptions,
} from './format/state-dict/import-state-dict.ts';
export { exportStateDict } from './format/state-dict/export-state-dict.ts';

// NIR, the exchange format of spiking networks: graphs as plain data, their files as bytes (package h5wasm), networks out and in
export { encodeNir } from './nir/file/encode-nir.ts';
export { decodeNir } from './nir/file/decode-nir.ts';
export { exportNir } from './nir/export/export-nir.ts';
export { importNir } from './nir/import/import-nir.ts';
export type { ImportNirOptions, NirImport, NirReport, NirRow } from './nir/import/import-report.ts';
export type { IfReset } from './nir/import/neuron-parts.ts';
export type {
  NirAffine,
  NirArray,
  NirConv2d,
  NirDescribed,
  NirFlatten,
  NirGraph,
  NirInput,
  NirIntegrateAndFire,
  NirIntegrator,
  NirLinear,
  NirNode,
  NirOutput,
  NirPool2d,
  NirScale,
  NirThreshold,
} from './nir/graph.ts';

// Networks of other programs
export { type Imported, type ImportOptions, importOnnx } from './onnx/import-onnx.ts';
export { exportOnnx, type ExportOnnxOptions } from './onnx/export-onnx.ts';
export type { ReadExternal } from './onnx/external-data.ts';
export type { Normalisation } from './onnx/import/normalisation.ts';
export type { ImportedNode, ImportReport } from './onnx/import/report.ts';
export type { Wire, WireReader, WireSource, WireWriter } from './onnx/wire/load.ts';

// Kernels, for those who write operations of their own
export { referenceKernels } from './kernels/reference.ts';
export type { Prepacked } from './kernels/prepacked.ts';
export {
  createProfile,
  type Direction,
  type Profile,
  type ProfileRow,
} from './kernels/profile.ts';
export { profiledKernels } from './kernels/profiled-kernels.ts';
export type {
  AdamOptions,
  BatchNormArrays,
  BatchNormGradients,
  Conv2dShape,
  DepthwiseShape,
  GemmShape,
  Kernels,
  PoolShape,
  RowsShape,
  SgdOptions,
  ThresholdClip,
} from './kernels/kernels.ts';
export type { Placement } from './kernels/copy/placement.ts';
export type { Elementwise } from './kernels/elementwise/elementwise.ts';
export type { Instruction, Operation, Value } from './kernels/elementwise/operation.ts';
export type { MapProgram } from './kernels/elementwise/program.ts';
export type { Operand, Rows } from './kernels/elementwise/rows.ts';
export type { Reduction, ReduceShape } from './kernels/reduce/shape.ts';
