/**
 * @file What the worker holds: a runtime, the network that is open, and the run that is shown.
 */
import type { Conversion } from '../../convert/convert.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Model } from '../../nn/model.ts';
import { createRuntime, type Runtime } from '../../runtime.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import type { Settings } from '../protocol.ts';

/** Images to learn from, and how they were read. */
export interface TrainingData {
  /** As the command line names it. */
  readonly source: string;
  readonly train: Dataset;
  /** In no order. */
  readonly test: Dataset;
  readonly split: number | null;
  readonly size: string | null;
  readonly seed: number;
}

/** A network that can be run. */
export interface OpenNetwork {
  readonly name: string;
  /** How its pictures are normalised, and what its classes are called. */
  readonly images: Pick<Dataset, 'name' | 'classNames' | 'mean' | 'deviation' | 'shape'>;
  /** Absent for a spiking network from a file. */
  readonly trained?: { readonly network: TrainedNetwork; readonly model: Model };
  readonly snn: SpikingNetwork;
  readonly report: Conversion['report'] | null;
  readonly method: string;
  /** What each node of a foreign file became. */
  readonly became: readonly string[];
  /** What it learned, where it was trained here. */
  readonly data: Pick<TrainingData, 'train' | 'test'> | null;
}

/** The run that is shown. */
export interface Run {
  readonly settings: Settings;
  /** [height, width, channels], normalised. */
  readonly image: Float32Array<ArrayBuffer>;
  /** The network as the settings ask for it, and what was run: the same unless something is broken on purpose. */
  readonly sound: SpikingNetwork;
  readonly ran: SpikingNetwork;
  readonly result: SimulationResult;
}

export interface Workbench {
  readonly runtime: Runtime;
  readonly threads: number;
  open: OpenNetwork | null;
  run: Run | null;
  /** What the next training learns from; null: drawn digits. */
  data: TrainingData | null;
  /** Ends a training under way. */
  training: AbortController | null;
}

/** Two threads where memory can be shared, one elsewhere; always the bits that Node gives with --deterministic. */
export function createWorkbench(laneUrl: URL): Workbench {
  const threads = globalThis.crossOriginIsolated ? Math.min(2, navigator.hardwareConcurrency || 1) : 1;
  const runtime = createRuntime({ workers: threads, deterministic: true, workerUrl: laneUrl });
  return { runtime, threads, open: null, run: null, data: null, training: null };
}

/** @throws Error when nothing is open, which the page never lets happen */
export function opened({ open }: Workbench): OpenNetwork {
  if (!open) throw new Error('playground: expected an open network, found none; open one first');
  return open;
}
