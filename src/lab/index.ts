/**
 * @file The lab on one page: whole jobs as functions with typed results, in the order of the work. They read data sets and write files
 * (Node and Deno), but know nothing of a command line: who calls them decides what is shown (`Progress`), and opens and closes the
 * `Runtime` that they run on. Nothing that they allocate stays on its heap.
 */

// Progress of long work, and where a result comes from
export { labelled, type Progress, SILENT } from '../progress.ts';
export { describeMachine } from './machine.ts';
export { packageVersion } from './version.ts';

// Training: a run is a plain value; files keep it, and resume it
export { TRAINING_DEFAULTS, type TrainingRun } from './training/training-run.ts';
export { TRAINING_RECIPES, type TrainingRecipe } from './training/recipes.ts';
export { recipeRun, trainingRecipe } from './training/recipe-run.ts';
export { stepSeconds } from './training/step-seconds.ts';
export { type TrainedRun, type TrainRequest, trainRun } from './training/train-run.ts';
export { type TrainedFile, type TrainFileRequest, trainToFile } from './training/train-to-file.ts';
export { type OpenedOrTrained, type OpenOrTrainRequest, openOrTrain } from './training/open-or-train.ts';
export { checkpointPath, loadRun, type RunSources, type SavedRun, saveRun } from './training/saved-run.ts';
export { readRun, recordOf, type RunRecord, runOf } from './training/run-record.ts';
export { provenanceOf } from './training/provenance.ts';
export { trainCommand } from './training/train-command.ts';

// Files and data sets of a network, and its answers as it was trained
export { type NetworkFile, openNetwork } from './training/network-file.ts';
export { type Inspection, inspectFile } from './inspect-file.ts';
export { type NetworkDataset, type NetworkDatasetRequest, openNetworkDataset } from './network-dataset.ts';
export { evaluateNetwork } from './evaluate-network.ts';

// Conversion
export {
  type CalibrationRequest,
  type ConvertedNetwork,
  type ConvertRequest,
  convertNetwork,
} from './convert-network.ts';
export { CALIBRATION_STEPS, calibrate } from './calibrate.ts';

// Simulation
export { checkInput } from '../data/check-input.ts';
export { networkInput } from './simulate/network-input.ts';
export { type SimulatedSteps, simulateSteps, type StepsRequest } from './simulate/simulate-steps.ts';
export { type SimulatedVariant, simulateVariant, type VariantRequest } from './simulate/simulate-variant.ts';
export { type Simulated, simulateDataset } from './simulate/simulate-dataset.ts';
export { type Reference, settledReport, simulationReport } from './simulate/simulation-report.ts';
export { againstSkipping } from './simulate/zero-skipping.ts';
export { imageRaster, type RasterRequest } from './image-raster.ts';

// Verification
export { type Verification, verifyNetwork, type VerifyRequest } from './verify/verify-network.ts';
export { checkNetwork, type CheckRequest, type NetworkCheck } from './verify/check-network.ts';

// Comparison of contenders: trained networks, each converted by a method
export {
  BASELINES,
  baselineAmong,
  type Contender,
  CONTENDERS,
  contenderNamed,
} from './compare/contenders.ts';
export { datasetDigest } from './dataset-digest.ts';
export type { Setting } from './compare/setting.ts';
export { type CourseChoices, type Training, trainingRun, TRAININGS } from './compare/trainings.ts';
export {
  type Networks,
  type Obtained,
  obtainNetworks,
  ownNetworks,
  trainingsOf,
} from './compare/networks.ts';
export { compareContenders, type Compared, type Plan } from './compare/compare-contenders.ts';
export { type Cache, cached } from './compare/cache.ts';
