/**
 * @file The figures that results of a command can have, by their place in them, as far as a study can name them before anything is
 * done: `snn.accuracy.T` for every step T, `energy.ESTIMATOR.snnJoule.T` for every estimator. A test holds real results against them.
 */
import { ANNS } from '../../energy/against-anns.ts';
import { ESTIMATORS } from '../../energy/estimators.ts';
import { MEMORIES } from '../../energy/memories.ts';
import type { StageCommand } from './study.ts';

/** Words of a name that stand for others. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  ESTIMATOR: ESTIMATORS.map(({ name }) => name),
  // what skips zeros is measured at the last step alone
  ANN: ANNS.filter((name) => name !== 'zeros'),
  MEMORY: MEMORIES.map(({ name }) => name),
};

/** Of every run of a spiking network; T is a step, LAYER the name of a layer. */
const SIMULATION = [
  ...['accuracy.T', 'mismatches', 'mismatchesByStep.T'].map((name) => `snn.${name}`),
  ...['spikes.perNeuron.T', 'overload.LAYER', 'latency.T', 'simulate.imagesPerSecond', 'images'],
  ...['annMac', 'snnMac', 'snnAc.T', 'membraneUpdates.T', 'constantAdds.T'].map(
    (name) => `operations.${name}`,
  ),
  ...['annJoule', 'snnJoule.T', 'membraneJoule.T', 'constantJoule.T'].map(
    (name) => `energy.ESTIMATOR.${name}`,
  ),
  ...['arithmetic', 'bytes', 'bytesIdeal'].map((name) => `againstAnns.ANN.${name}.T`),
  ...['weight', 'activation', 'potential', 'spike'].map((name) => `traffic.widths.${name}`),
  ...['weights', 'weightsIdeal', 'activations', 'constants'].map((name) => `traffic.ann.${name}`),
  ...['weights', 'weightsIdeal', 'spikes', 'constants', 'potentials'].map((name) => `traffic.snn.${name}.T`),
  ...['annJoule', 'annIdealJoule', 'snnJoule.T', 'snnIdealJoule.T'].map(
    (name) => `traffic.energy.MEMORY.${name}`,
  ),
];

const NAMES: Readonly<Record<StageCommand, readonly string[]>> = {
  train: [
    ...['accuracy', 'flippedAccuracy', 'images', 'validation.accuracy', 'validation.images'].map(
      (name) => `ann.${name}`,
    ),
    ...['seconds', 'imagesPerSecond'].map((name) => `train.${name}`),
  ],
  convert: ['initialPotential', 'calibrationImages', 'calibrationSteps'].map((name) => `conversion.${name}`),
  simulate: [
    ...SIMULATION,
    'ann.accuracy',
    ...['accuracy.T', 'referenceAccuracy.T', 'lost.T', 'mismatches', 'mismatchesByStep.T'].map(
      (name) => `weights.${name}`,
    ),
    ...['margin', 'meanSteps', 'stoppedEarly', 'accuracy', 'referenceAccuracy', 'mismatches'].map(
      (name) => `stop.${name}`,
    ),
  ],
  verify: [
    ...SIMULATION,
    ...['ann.accuracy', 'quantised.accuracy', 'laws.broken', 'countLawCovers', 'certified'],
    ...['lossyLayer.from', 'lossyLayer.to'],
    ...['radius', 'images', 'certified', 'certifiedRight'].map((name) => `ball.${name}`),
  ],
};

/** The names of a command's figures, with T and LAYER in them. */
export const figureNames = (command: StageCommand): string[] =>
  NAMES[command].flatMap((name) => {
    const word = name.split('.').find((part) => part in STANDS_FOR);
    return word === undefined ? [name] : STANDS_FOR[word]!.map((one) => name.replace(word, one));
  });

/** Whether a result of the command can have a figure of this name, where it has so many steps. */
export function isFigure(command: StageCommand, name: string, steps: number): boolean {
  return figureNames(command).some((known) => {
    if (known.endsWith('.LAYER')) return name.startsWith(known.slice(0, -'LAYER'.length));
    if (!known.endsWith('.T')) return known === name;
    const step = name.startsWith(known.slice(0, -1)) ? name.slice(known.length - 1) : '';
    return /^[1-9]\d*$/.test(step) && Number(step) <= steps;
  });
}
