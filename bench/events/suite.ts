/**
 * @file What the event engine costs and what it gains: a converted VGG-16 (3x32x32) at set spike densities against the
 * same network simulated densely in PyTorch, rate of synaptic operations, cost against density, threads, memory.
 * Measured in rounds that go through all candidates; medians are reported.
 */
import { quantisedToInt8 } from '../../src/convert/transforms/int8.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import type { Team } from '../../src/memory/team.ts';
import { Simulator } from '../../src/snn/engines/simd-engine.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { type OpenSimulation, openSimulation } from '../../src/snn/simulate.ts';
import type { SimulateOptions } from '../../src/snn/simulation.ts';
import { torchPeer } from '../peers/torch-events.ts';
import { median } from '../timing.ts';
import { noiseImages, vgg16 } from './networks.ts';
import { type TrainedFigures, trainedSuite } from './trained.ts';

export interface EventSuiteOptions {
  /** Also the PyTorch peer. */
  readonly peers: boolean;
  readonly rounds?: number;
  readonly log?: (line: string) => void;
}

export interface Rate {
  readonly name: string;
  readonly density: number;
  readonly lanes: number;
  readonly imagesPerSecond: number;
  /** Synaptic operations (accumulates of spikes) per second, everything else included in the time. */
  readonly operationsPerSecond: number;
}

export interface EventFigures {
  readonly steps: number;
  readonly rates: readonly Rate[];
  readonly peer:
    | readonly { readonly threads: number; readonly imagesPerSecond: number; readonly sameClasses: number }[]
    | string;
  /** Ours to the peer's images/s, by name and thread count. */
  readonly ratios: Readonly<Record<string, number>>;
  /** Milliseconds per image at each density, and its distance from the straight line through all, relative. */
  readonly slope: readonly {
    readonly density: number;
    readonly milliseconds: number;
    readonly offLine: number;
  }[];
  readonly secondWorker: { readonly oneImage: number; readonly manyImages: number };
  /** MiB of the heap for one image at T = 32. */
  readonly memoryMiB: number;
  /** The pretrained network on real images; the reason where they are not there. */
  readonly trained: TrainedFigures | string;
}

interface Candidate {
  readonly name: string;
  readonly density: number;
  readonly lanes: number;
  readonly images: Float32Array<ArrayBuffer>;
  readonly simulator: OpenSimulation;
  readonly operations: number;
  readonly times: number[];
}

const STEPS = 8;
const MANY = 16;
const DENSITIES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4];
const PEER_DENSITY = 0.1;
const PEER_SECONDS = 4;

export async function eventSuite(options: EventSuiteOptions): Promise<EventFigures> {
  const { rounds = 7, log = () => {} } = options;
  const teams = [1, 2].map((lanes) => {
    const heap = new Heap();
    return { heap, team: createTeam(heap, lanes) };
  });
  const networks = new Map(DENSITIES.map((density) => [density, vgg16(density, STEPS)]));
  const network = networks.get(PEER_DENSITY)!;
  await new Promise((resolve) => setTimeout(resolve, 500)); // threads join
  const candidates: Candidate[] = [];
  const add = (
    name: string,
    of: SpikingNetwork,
    density: number,
    lanes: number,
    count: number,
    extra: Partial<SimulateOptions> = {},
  ): void => {
    candidates.push(candidate(name, of, density, lanes, count, teams[lanes - 1]!, extra));
  };
  for (const [density, of] of networks) {
    add('many images', of, density, 1, MANY);
    add('many images, auto', of, density, 1, MANY, { engine: 'auto' });
  }
  add('many images', network, PEER_DENSITY, 2, MANY);
  for (const lanes of [1, 2]) add('one image', network, PEER_DENSITY, lanes, 1);
  for (const lanes of [1, 2])
    add('one image streaming', network, PEER_DENSITY, lanes, 1, { schedule: 'streaming' });
  // what events must beat: every synapse at every step, whatever the density
  for (const lanes of [1, 2])
    add('many images, products', network, PEER_DENSITY, lanes, MANY, { engine: 'products' });
  const int8 = quantisedToInt8(network);
  for (const lanes of [1, 2]) {
    add('many images int8', int8, PEER_DENSITY, lanes, MANY);
    add('one image int8', int8, PEER_DENSITY, lanes, 1);
  }
  for (const { simulator, images } of candidates) simulator.simulate(images); // warm-up
  const peer = options.peers ? torchPeer(network, noiseImages(MANY, 5), STEPS) : null;
  const peerRates = new Map<number, number[]>();
  let peerProblem = options.peers ? '' : 'not asked for';
  let peerClasses: readonly number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { simulator, images, times } of candidates) {
      const begin = performance.now();
      simulator.simulate(images);
      times.push(performance.now() - begin);
    }
    if (!peer || peerProblem || round % 3 !== 0) continue;
    for (const threads of [1, 2]) {
      const run = peer.run(threads, PEER_SECONDS);
      if (typeof run === 'string') peerProblem = run;
      else {
        peerRates.set(threads, [...(peerRates.get(threads) ?? []), run.imagesPerSecond]);
        peerClasses = run.classes;
      }
    }
    log(`round ${round + 1} of ${rounds}`);
  }
  peer?.close();
  const rates = candidates.map(rateOf);
  const find = (name: string, lanes: number): Rate =>
    rates.find((rate) => rate.name === name && rate.lanes === lanes && rate.density === PEER_DENSITY)!;
  const many = candidates.find((c) => c.name === 'many images' && c.density === PEER_DENSITY)!;
  const ours = many.simulator.simulate(many.images).predictions.subarray((STEPS - 1) * MANY);
  const same = peerClasses.filter((k, i) => k === ours[i]).length;
  const measured = [...peerRates].map(([threads, values]) => ({
    threads,
    imagesPerSecond: median(values),
    sameClasses: same,
  }));
  const ratios: Record<string, number> = {};
  for (const { threads, imagesPerSecond } of measured) {
    for (const { name, lanes, density, imagesPerSecond: rate } of rates) {
      if (lanes === threads && density === PEER_DENSITY)
        ratios[`${name}, ${lanes} threads`] = rate / imagesPerSecond;
    }
  }
  const memoryMiB = memory(network, teams[0]!);
  for (const { simulator } of candidates) simulator.close(); // room for the next
  log('the pretrained network');
  const { peers } = options;
  const judged = rounds === 1 ? 100 : 2000;
  const trained = await trainedSuite({ runtime: teams[0]!, peers, rounds, judged });
  const figures: EventFigures = {
    steps: STEPS,
    rates,
    peer: peerProblem || measured,
    ratios,
    slope: slopeOf(rates),
    secondWorker: {
      oneImage: find('one image', 2).imagesPerSecond / find('one image', 1).imagesPerSecond,
      manyImages: find('many images', 2).imagesPerSecond / find('many images', 1).imagesPerSecond,
    },
    memoryMiB,
    trained,
  };
  for (const { team } of teams) team.close();
  return figures;
}

type Runtime = { readonly heap: Heap; readonly team: Team };

function candidate(
  name: string,
  network: SpikingNetwork,
  density: number,
  lanes: number,
  count: number,
  runtime: Runtime,
  extra: Partial<SimulateOptions>,
): Candidate {
  const images = noiseImages(count, 5);
  const options = { steps: STEPS, schedule: 'layered', runtime, ...extra } as const;
  const simulator = openSimulation(network, options, count);
  const { layers } = simulator.simulate(images);
  const operations = layers.reduce((sum, layer) => sum + layer.accumulates.reduce((a, b) => a + b, 0), 0);
  return { name, density, lanes, images, simulator, operations, times: [] };
}

function rateOf({ name, density, lanes, images, operations, times }: Candidate): Rate {
  const seconds = median(times) / 1000;
  const count = images.length / (32 * 32 * 3);
  return {
    name,
    density,
    lanes,
    imagesPerSecond: count / seconds,
    operationsPerSecond: operations / seconds,
  };
}

/** Least squares through time against operations. */
function slopeOf(rates: readonly Rate[]): EventFigures['slope'] {
  const points = rates
    .filter((rate) => rate.name === 'many images' && rate.lanes === 1)
    .map((rate) => ({
      density: rate.density,
      x: rate.operationsPerSecond / rate.imagesPerSecond,
      y: 1000 / rate.imagesPerSecond,
    }));
  const mean = (value: (p: (typeof points)[number]) => number): number =>
    points.reduce((sum, p) => sum + value(p), 0) / points.length;
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)];
  const gradient = mean((p) => (p.x - x) * (p.y - y)) / mean((p) => (p.x - x) ** 2);
  return points.map((p) => {
    const line = y + gradient * (p.x - x);
    return { density: p.density, milliseconds: p.y, offLine: (p.y - line) / line };
  });
}

function memory(network: SpikingNetwork, runtime: Runtime): number {
  const simulator = new Simulator(network, { steps: 32, schedule: 'layered', runtime }, 1);
  simulator.simulate(noiseImages(1, 5));
  const bytes = simulator.bytes; // 0 once it is closed
  simulator.close();
  return bytes / 2 ** 20;
}
