/**
 * @file The demonstration's spiking half: one trained network, converted to a neuron, run and checked.
 */
import { join } from 'node:path';
import type { ConversionReport } from '../../convert/conversion-report.ts';
import { convert } from '../../convert/convert.ts';
import { type Dataset, take } from '../../data/dataset.ts';
import { saveSnn } from '../../io/snn-file.ts';
import { simulateNetwork } from '../../lab/simulate/simulate-network.ts';
import { type Reference, type SimulationKeys, simulationKeys } from '../../lab/simulate/simulation-keys.ts';
import { checkNetwork, type NetworkCheck } from '../../lab/verify/check-network.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Progress } from '../../progress.ts';
import type { DemoRun } from '../../report/demo-page.ts';
import { namedRun } from '../../report/named-run.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulateOptions } from '../../snn/simulation.ts';

export interface NeuronRun extends DemoRun {
  readonly snn: SpikingNetwork;
  readonly conversion: ConversionReport;
  readonly keys: SimulationKeys;
  readonly check: NetworkCheck;
}

/** The exact mode: tracer neurons that run on until they are silent, on the very grid of training. */
export interface ExactRun {
  readonly steps: number;
  readonly keys: SimulationKeys;
  readonly words: string;
}

export interface NeuronRequest {
  readonly network: TrainedNetwork;
  /** Its name. */
  readonly neuron: string;
  readonly test: Dataset;
  /** Of the first so many test images the laws are checked. */
  readonly checked: number;
  readonly options: SimulateOptions;
  readonly reference: Reference;
  readonly folder: string;
  readonly progress: Progress;
}

/** Writes FOLDER/NEURON.snn.safetensors. */
export async function runNeuron(request: NeuronRequest): Promise<NeuronRun> {
  const { network, neuron, test, checked, options, reference, folder, progress } = request;
  const { snn, report: conversion } = convert(network, { neuron });
  await saveSnn(join(folder, `${neuron}.snn.safetensors`), snn);
  const simulated = await simulateNetwork(snn, test, options, progress, `simulating ${neuron}`);
  const keys = simulationKeys(snn, simulated, test.labels, reference);
  const check = await checkNetwork(snn, take(test, checked), options, progress, `verifying ${neuron}`);
  const spikesByLayer = Object.fromEntries(
    Object.entries(keys.spikes.density).map(([layer, density]) => [
      layer,
      density.reduce((a, b) => a + b, 0),
    ]),
  );
  return { ...namedRun(neuron, keys), spikesByLayer, snn, conversion, keys, check };
}

/** Writes FOLDER/tracer.snn.safetensors. `steps`: the levels that the network was trained on. */
export async function runExact(request: Omit<NeuronRequest, 'neuron' | 'checked'>): Promise<ExactRun> {
  const { network, test, options, reference, folder, progress } = request;
  const { snn } = convert(network, { neuron: 'tracer' });
  await saveSnn(join(folder, 'tracer.snn.safetensors'), snn);
  const simulated = await simulateNetwork(
    snn,
    test,
    { ...options, schedule: 'settling' },
    progress,
    'simulating tracer',
  );
  const keys = simulationKeys(snn, simulated, test.labels, reference);
  const { steps } = options;
  const words =
    `tracer neurons, T = ${steps}, run on until silent (${keys.latency![steps]!.toFixed(1)} steps): ` +
    `${keys.snn.mismatches} of ${test.count} answers differ from the ANN's`;
  return { steps, keys, words };
}
