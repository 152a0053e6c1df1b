/**
 * @file The lab on one page: whole jobs as functions with typed results, without a command line. Training, converting, simulating,
 * verifying, comparing. They read data sets and write files on Node and Deno; whoever calls them decides what is shown (`Progress`)
 * and owns the `Runtime` that they run on. Nothing that they allocate stays on its heap.
 */

// How far the work is
export { labelled, type Progress, SILENT } from '../progress.ts';
// Conversion
export { CALIBRATION_STEPS, calibrate } from './calibrate.ts';
// Comparison
export { type Cache, cached } from './compare/cache.ts';
export { type Compared, compareContenders, type Plan } from './compare/compare-contenders.ts';
export {
  BASELINES,
  baselineAmong,
  CONTENDERS,
  type Contender,
  contenderNamed,
} from './compare/contenders.ts';
export {
  type Networks,
  type Obtained,
  obtainNetworks,
  ownNetworks,
  trainingsOf,
} from './compare/networks.ts';
export { datasetDigest, type Setting } from './compare/setting.ts';
export { type CourseChoices, TRAININGS, type Training, trainingRun } from './compare/trainings.ts';
export {
  type CalibrationRequest,
  type ConvertedNetwork,
  type ConvertRequest,
  convertNetwork,
} from './convert-network.ts';
// Data that a network names, and its answers
export { evaluateNetwork } from './evaluate-network.ts';
// Simulation
export { imageRaster, type RasterRequest } from './image-raster.ts';
// Where a result comes from
export { describeMachine } from './machine.ts';
export { type NetworkDataset, type NetworkDatasetRequest, openNetworkDataset } from './network-dataset.ts';
export { checkInput, networkInput } from './simulate/network-input.ts';
export { type Simulated, simulateDataset } from './simulate/simulate-dataset.ts';
export { type SimulatedSteps, type StepsRequest, simulateSteps } from './simulate/simulate-steps.ts';
export { type SimulatedVariant, simulateVariant, type VariantRequest } from './simulate/simulate-variant.ts';
export { type Reference, settledReport, simulationReport } from './simulate/simulation-report.ts';
// Training: a run is a plain value, its files can be resumed
export { type NetworkFile, openNetwork } from './training/network-file.ts';
export { provenanceOf } from './training/provenance.ts';
export { recipeRun, trainingRecipe } from './training/recipe-run.ts';
export { type RunRecord, readRun, recordOf, runOf } from './training/run-record.ts';
export { checkpointPath, loadRun, type RunSources, type SavedRun, saveRun } from './training/saved-run.ts';
export { trainCommand } from './training/train-command.ts';
export { type TrainedRun, type TrainRequest, trainRun } from './training/train-run.ts';
export { type TrainedFile, type TrainFileRequest, trainToFile } from './training/train-to-file.ts';
export { TRAINING_DEFAULTS, type TrainingRun } from './training/training-run.ts';
// Verification
export { type CheckRequest, checkNetwork, type NetworkCheck } from './verify/check-network.ts';
export { type Verification, type VerifyRequest, verifyNetwork } from './verify/verify-network.ts';
export { packageVersion } from './version.ts';
