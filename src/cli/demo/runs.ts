/**
 * @file The demonstration's spiking half: one trained network, converted to a neuron, run and checked.
 */

import { join } from 'node:path';
import type { ConversionReport } from '../../convert/conversion-report.ts';
import { convert } from '../../convert/convert.ts';
import { type Dataset, take } from '../../data/dataset.ts';
import { saveSnn } from '../../io/snn-file.ts';
import { simulateDataset } from '../../lab/simulate/simulate-dataset.ts';
import { type Reference, simulationReport } from '../../lab/simulate/simulation-report.ts';
import { checkNetwork, type NetworkCheck } from '../../lab/verify/check-network.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Progress } from '../../progress.ts';
import { fixed } from '../../report/format.ts';
import type { SimulationReport } from '../../report/simulation-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulateOptions } from '../../snn/simulation.ts';

/** One neuron's network, what its simulation came to, and what was checked on it. */
export interface NeuronRun {
  readonly name: string;
  readonly network: SpikingNetwork;
  readonly conversion: ConversionReport;
  readonly report: SimulationReport;
  readonly check: NetworkCheck;
}

/** The exact mode: tracer neurons that keep running until they are silent, on the very grid of training. */
export interface ExactRun {
  readonly steps: number;
  readonly report: SimulationReport;
  readonly words: string;
}

export interface NeuronRequest {
  readonly network: TrainedNetwork;
  /** Its name. */
  readonly neuron: string;
  readonly test: Dataset;
  /** The laws are checked on this many of the first test images. */
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
  const simulated = await simulateDataset(snn, test, options, progress, `simulating ${neuron}`);
  const report = simulationReport(snn, simulated, test.labels, reference);
  const check = await checkNetwork(snn, take(test, checked), {
    ...options,
    progress,
    label: `verifying ${neuron}`,
  });
  return { name: neuron, network: snn, conversion, report, check };
}

/** Writes FOLDER/tracer.snn.safetensors. `steps`: the levels that the network was trained on. */
export async function runExact(request: Omit<NeuronRequest, 'neuron' | 'checked'>): Promise<ExactRun> {
  const { network, test, options, reference, folder, progress } = request;
  const { snn } = convert(network, { neuron: 'tracer' });
  await saveSnn(join(folder, 'tracer.snn.safetensors'), snn);
  const settling = { ...options, schedule: 'settling' } as const;
  const simulated = await simulateDataset(snn, test, settling, progress, 'simulating tracer');
  const report = simulationReport(snn, simulated, test.labels, reference);
  const { steps } = options;
  const words =
    `tracer neurons, T = ${steps}, run until silent (${fixed(report.latency![steps]!, 1)} steps): ` +
    `${report.snn.mismatches} of ${test.count} answers differ from the ANN's`;
  return { steps, report, words };
}
