/**
 * @file An idea of what a conversion will give, measured on some images: layer by layer, step by step, in energy.
 */
import { CONVERSION_METHODS } from '../../convert/methods/index.ts';
import type { Dataset } from '../../data/dataset.ts';
import { InputError } from '../../errors.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Progress } from '../../progress.ts';
import type { Advice } from '../../report/advice.ts';
import { energyRatio } from '../../report/simulation-report.ts';
import { stepsNeeded } from '../../report/steps-needed.ts';
import type { Runtime } from '../../runtime.ts';
import { calibrate } from '../calibrate.ts';
import { type CalibrationRequest, convertNetwork } from '../convert-network.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import { simulateDataset } from '../simulate/simulate-dataset.ts';
import { simulationReport } from '../simulate/simulation-report.ts';
import { layerAdvice } from './layer-advice.ts';

/** Images whose activations are looked at, and the points of accuracy that may be lost. */
const [LOOKED_AT, TOLERANCE] = [20, 0.5];

export interface AdviceRequest {
  readonly runtime: Runtime;
  /** The largest T that is tried. */
  readonly steps: number;
  readonly calibration: CalibrationRequest;
  readonly progress: Progress;
}

/**
 * @param dataset test images
 * @throws InputError when no method converts all activations of the network, or it was made for other images
 */
export async function adviseNetwork(
  network: TrainedNetwork,
  dataset: Dataset,
  { runtime, steps, calibration, progress }: AdviceRequest,
): Promise<Advice> {
  const activations = activationLayers(network.architecture.layers);
  const kinds = [...new Set(activations.map(({ activation }) => activation))];
  const method = CONVERSION_METHODS.find((one) => kinds.every((kind) => one.activations.includes(kind)));
  if (!method)
    throw new InputError(
      `${network.architecture.name}: no method converts ${kinds.join(' and ')} in one network; train it with one of them`,
    );
  const { snn } = await convertNetwork(network, {
    method: method.name,
    calibration: { ...calibration, runtime },
  });
  const evaluation = await evaluateNetwork(runtime, network, dataset);
  const seen = await calibrate(runtime, network, dataset, Math.min(LOOKED_AT, dataset.count));
  const layers = activations.flatMap((layer) => {
    const own = snn.layers.filter(({ name }) => name === layer.name || name.startsWith(`${layer.name}/`));
    const theta = own.flatMap((one) => [...one.theta]);
    const values = seen.activations.get(layer.name);
    return theta.length > 0 && values ? [layerAdvice(layer, theta, values)] : [];
  });
  const simulated = await simulateDataset(snn, dataset, { steps, runtime }, progress, 'simulating');
  const reference = { name: 'ANN', predictions: evaluation.predictions };
  const report = simulationReport(snn, simulated, dataset.labels, reference);
  const all = Array.from({ length: steps }, (_, t) => t + 1);
  const needed = stepsNeeded(report.snn.accuracy, all, evaluation.accuracy, TOLERANCE);
  return {
    method: method.name,
    neuron: snn.neuron.name,
    layers,
    images: dataset.count,
    annAccuracy: evaluation.accuracy,
    snnAccuracy: report.snn.accuracy,
    tolerance: TOLERANCE,
    steps: needed,
    energyRatio: energyRatio(report.energy, needed ?? steps),
  };
}
