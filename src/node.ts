/**
 * @file `strelu/node`: what needs files, processes or a network connection: models and spiking networks on disk, data sets,
 * pretrained networks. Runs on Node and Deno. What runs anywhere is `strelu` itself.
 */

export type { EmnistDivision } from './data/emnist.ts';
export type { SaveModelOptions } from './format/model-format.ts';
export {
  DATASET_NAMES,
  type DatasetName,
  type DatasetSource,
  type DatasetVariant,
  type OwnSource,
} from './io/dataset-names.ts';
export { loadModel, saveModel } from './io/model-file.ts';
export { openDataset } from './io/open-dataset.ts';
export {
  type OpenBothOptions,
  openDatasets,
  readCsv,
  readFolder,
  readIdxFolder,
  readNpz,
  type TrainAndTest,
} from './io/open-datasets.ts';
export type { KnownData, OpenOptions, Split } from './io/open-options.ts';
export { networkPath, type Pretrained, pretrainedFolder, readPretrained } from './io/pretrained.ts';
export { readPicture } from './io/read-picture.ts';
export { loadCheckpoint, saveCheckpoint } from './io/saved-checkpoint.ts';
export { loadSnn, saveSnn } from './io/snn-file.ts';
export { openTrainingLog } from './io/training-log.ts';
export { type FileContent, writeAtomic } from './io/write-atomic.ts';
