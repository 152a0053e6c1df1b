/**
 * @file One picture through both networks: the ANN's answer and every spike of the other's.
 */
import { normalisation, normalise } from '../../data/normalise.ts';
import { countOperations } from '../../energy/count-operations.ts';
import { estimateEnergy } from '../../energy/estimate-energy.ts';
import { ESTIMATORS } from '../../energy/estimators.ts';
import { Arena } from '../../memory/arena.ts';
import { forward } from '../../nn/forward.ts';
import type { Model } from '../../nn/model.ts';
import { counterpartsOf, matchNeurons } from '../../proof/networks/counterparts.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { Tape } from '../../tensor/tape.ts';
import type { Answer, Cost, Settings } from '../protocol.ts';
import { broken } from './fault.ts';
import type { PictureKind } from './picture-kind.ts';
import { variantOf } from './variant.ts';
import { type OpenNetwork, opened, type Workbench } from './workbench.ts';

/** Bytes of the network's own size as it takes them. */
export function normalisedPicture(kind: PictureKind, picture: Uint8Array): Float32Array<ArrayBuffer> {
  const image = new Float32Array(picture.length);
  normalise(picture, kind.shape[2], normalisation(kind), image, 0);
  return image;
}

/** Runs a picture and keeps the run: the laws and the neurons are asked for afterwards. */
export function runPicture(bench: Workbench, picture: Uint8Array, settings: Settings): Answer {
  const open = opened(bench);
  const image = normalisedPicture(open.images, picture);
  const sound = variantOf(open.snn, settings);
  const ran = broken(sound, settings.fault);
  const begun = performance.now();
  const result = recordedRun(bench, ran, image, settings);
  const milliseconds = performance.now() - begun;
  bench.run = { settings, image, sound, ran, result };
  const { name, says } = sound.neuron;
  return {
    ann: open.trained ? annLogits(bench, open.trained.model, image) : new Float32Array(0),
    logits: result.logits,
    spikes: result.record.slice(0, -1).map(({ spikes }) => spikes!.slice()),
    steps: result.steps,
    neuron: name,
    says,
    schedule: result.schedule,
    start: sound.initialPotential,
    fits: fits(open, sound),
    thetas: sound.layers.slice(0, -1).map(({ theta }) => [Math.min(...theta), Math.max(...theta)]),
    cost: costOf(sound, result),
    milliseconds,
    threads: bench.threads,
  };
}

/** A run with everything on record that the laws and the page ask for. */
export function recordedRun(
  { runtime }: Workbench,
  network: SpikingNetwork,
  image: Float32Array<ArrayBuffer>,
  { steps, schedule }: Settings,
): SimulationResult {
  const record = { spikes: true, membrane: true, currents: true, counts: true };
  return simulate(network, image, { steps, record, runtime, ...(schedule && { schedule }) });
}

/** @param continuous true: without the grid that it may have been trained on */
export function annLogits(
  { runtime }: Workbench,
  model: Model,
  image: Float32Array<ArrayBufferLike>,
  continuous = false,
): Float32Array<ArrayBuffer> {
  const tape = new Tape(runtime.kernels, new Arena(runtime.heap), { recording: false });
  try {
    const x = tape.tensor([
      image.length / model.architecture.input.reduce((a, b) => a * b),
      ...model.architecture.input,
    ]);
    x.data.set(image);
    return Float32Array.from(forward(tape, model, x, { continuous }).data);
  } finally {
    tape.close();
  }
}

/** Whether the neurons stand for the activation that was trained; those of the conversion itself, and what is not known, are not doubted. */
function fits({ trained, snn }: OpenNetwork, network: SpikingNetwork): boolean {
  if (!trained || network.neuron === snn.neuron) return true;
  return matchNeurons(network, counterpartsOf(network, trained.network.architecture));
}

function costOf(network: SpikingNetwork, result: SimulationResult): Cost {
  const [estimator] = ESTIMATORS;
  const operations = countOperations(network, result);
  const { annJoule, snnJoule } = estimateEnergy(estimator!, operations);
  const { annMac, snnMac, snnAc } = operations;
  return { annMac, snnMac, snnAc, annJoule: annJoule!, snnJoule, estimator: estimator!.source };
}
