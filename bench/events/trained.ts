/**
 * @file What a trained network costs in spikes: the pretrained CIFAR-10 network in T = 2, in three ways to count, each by events, by
 * products and by the cheaper of the two in each layer, in float32 and in int8, against PyTorch's dense simulation of the same
 * network. And what int8 costs in accuracy. Real images decide which neurons spike, so that nothing is measured where CIFAR-10 is
 * not there.
 */
import { fileURLToPath } from 'node:url';
import { convert } from '../../src/convert/convert.ts';
import { exactNetwork } from '../../src/convert/transforms/exact-network.ts';
import { quantisedToInt8 } from '../../src/convert/transforms/int8.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { networkInput } from '../../src/lab/index.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { type OpenSimulation, openSimulation } from '../../src/snn/simulate.ts';
import { rightBySteps, type SimulateOptions } from '../../src/snn/simulation.ts';
import { torchPeer } from '../peers/torch-events.ts';
import { median } from '../timing.ts';

const STEPS = 2;
/** Images of a run. */
export const MANY = 64;
const PEER_SECONDS = 2;
const NETWORK = '../../datasets/pretrained/cifar-vgg8-strelu-2.safetensors';

/** Neurons and schedule; `exact`: rest coding, each layer waiting for its input (L17), on the dyadic grid. */
const CODES = [
  ['half', 'half', 'layered'],
  ['rest', 'rest', 'layered'],
  ['exact', 'rest', 'settling'],
] as const;
const WAYS = ['events', 'products', 'auto', 'int8 events', 'int8 products', 'int8 auto'] as const;

export interface TrainedRate {
  readonly code: (typeof CODES)[number][0];
  readonly way: (typeof WAYS)[number];
  readonly imagesPerSecond: number;
  /** To the peer's images/s, median of the rounds' ratios; null without a peer. */
  readonly ratio: number | null;
}

export interface TrainedFigures {
  readonly network: string;
  readonly steps: number;
  readonly rates: readonly TrainedRate[];
  /** PyTorch's images/s on one thread; the reason where there is none. */
  readonly peer: number | string;
  /** Right answers on the first test images, of `of`. */
  readonly accuracy: {
    readonly of: number;
    readonly rows: readonly { readonly code: string; readonly float32: number; readonly int8: number }[];
  };
}

interface Candidate {
  readonly code: TrainedRate['code'];
  readonly way: TrainedRate['way'];
  readonly simulation: OpenSimulation;
  readonly images: Float32Array<ArrayBufferLike>;
  readonly times: number[];
}

interface TrainedSuite {
  readonly runtime: NonNullable<SimulateOptions['runtime']>;
  readonly peers: boolean;
  readonly rounds: number;
  /** Test images on which int8 is compared with float32. */
  readonly judged: number;
}

/** @returns the reason instead where CIFAR-10 cannot be read */
export async function trainedSuite(options: TrainedSuite): Promise<TrainedFigures | string> {
  const { runtime, rounds, judged } = options;
  let data: Dataset;
  try {
    data = await openDataset('cifar-10', 'test', { limit: judged });
  } catch (error) {
    return (error as Error).message;
  }
  const network = await loadModel(fileURLToPath(new URL(NETWORK, import.meta.url)));
  const spiking = CODES.map(([code, neuron, schedule]) => {
    const { snn } = convert(network, { neuron });
    return { code, schedule, snn: code === 'exact' ? exactNetwork(snn, STEPS) : snn };
  });
  const candidates = spiking.flatMap(({ code, schedule, snn }) =>
    WAYS.map((way): Candidate => {
      const of = way.startsWith('int8') ? quantisedToInt8(snn) : snn;
      const engine = way.replace('int8 ', '') as 'events' | 'products' | 'auto';
      const simulation = openSimulation(of, { steps: STEPS, schedule, engine, runtime }, MANY);
      const images = networkInput(data, 0, MANY, of);
      simulation.simulate(images); // warm-up
      return { code, way, simulation, images, times: [] };
    }),
  );
  const half = spiking[0]!.snn;
  const peer = options.peers ? torchPeer(half, networkInput(data, 0, MANY, half), STEPS) : null;
  const peerRates: number[] = [];
  let problem = options.peers ? '' : 'not asked for';
  for (let round = 0; round < rounds; round++) {
    for (const { simulation, images, times } of candidates) {
      const begin = performance.now();
      simulation.simulate(images);
      times.push((performance.now() - begin) / 1000);
    }
    if (problem || !peer) continue;
    const run = peer.run(1, PEER_SECONDS);
    if (typeof run === 'string') problem = run;
    else peerRates.push(run.imagesPerSecond);
  }
  peer?.close();
  for (const { simulation } of candidates) simulation.close();
  const rates = candidates.map(({ code, way, times }) => ({
    code,
    way,
    imagesPerSecond: MANY / median(times),
    ratio: problem ? null : median(times.map((seconds, round) => MANY / seconds / peerRates[round]!)),
  }));
  const rows = spiking.map(({ code, schedule, snn }) => {
    const right = (of: SpikingNetwork, engine: 'events' | 'products'): number => {
      const simulation = openSimulation(of, { steps: STEPS, schedule, engine, runtime }, MANY);
      try {
        return rightBySteps(simulation.simulate(networkInput(data, 0, data.count, of)), data.labels).at(-1)!;
      } finally {
        simulation.close();
      }
    };
    return { code, float32: right(snn, 'products'), int8: right(quantisedToInt8(snn), 'events') };
  });
  const peerRate = problem || median(peerRates);
  return {
    network: network.architecture.name,
    steps: STEPS,
    rates,
    peer: peerRate,
    accuracy: { of: data.count, rows },
  };
}
