/**
 * @file `verify` on the pretrained MNIST network: processor time and images a second, with values through weights by SIMD on one thread
 * and on two, and by the plain loop, in turn; and what is said of the images, which must be the same. The images are drawn digits: what
 * they cost is what MNIST's cost.
 */
import { cpuUsage } from 'node:process';
import { convert } from '../../src/convert/convert.ts';
import { drawStrokes } from '../../src/data/strokes.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { checkNetwork } from '../../src/lab/verify/check-network.ts';
import { createRuntime } from '../../src/runtime.ts';
import { median } from '../timing.ts';

const STEPS = 8;
const WAYS = ['plain', 'simd', 'twoThreads'] as const;
type Way = (typeof WAYS)[number];

export interface VerifyFigures {
  readonly images: number;
  readonly steps: number;
  /** Milliseconds of the processor for one image, median of the rounds: the run, its laws, bounds and anatomy. */
  readonly milliseconds: Readonly<Record<Way, number>>;
  /** Median of the rounds. */
  readonly imagesPerSecond: Readonly<Record<Way, number>>;
  /** plain / simd in processor time, median of the rounds' ratios. */
  readonly faster: number;
  /** Two threads / plain in images a second, likewise. */
  readonly together: number;
}

export interface VerifySuiteOptions {
  /** The path of the pretrained network. */
  readonly model: string;
  readonly images: number;
  readonly rounds: number;
  readonly log: (line: string) => void;
}

/** @throws Error when they do not all say the same */
export async function verifySuite({
  model,
  images,
  rounds,
  log,
}: VerifySuiteOptions): Promise<VerifyFigures> {
  const { architecture, ...network } = await loadModel(model);
  const { snn } = convert({ ...network, architecture });
  const dataset = drawStrokes({ count: images, seed: 1, split: 'test' });
  const runtimes = { simd: createRuntime({ workers: 1 }), twoThreads: createRuntime({ workers: 2 }) };
  const places = {
    plain: {},
    simd: { runtime: runtimes.simd },
    twoThreads: { runtime: runtimes.twoThreads },
  };
  const times = { plain: [] as number[], simd: [] as number[], twoThreads: [] as number[] };
  const rates = { plain: [] as number[], simd: [] as number[], twoThreads: [] as number[] };
  const said = new Set<string>();
  try {
    for (let round = 0; round < rounds; round++)
      for (const way of WAYS) {
        log(`round ${round + 1} of ${rounds}, ${way}`);
        const [before, begun] = [cpuUsage(), performance.now()];
        const { simulated: _, ...found } = await checkNetwork(snn, dataset, {
          steps: STEPS,
          architecture,
          ...places[way],
        });
        rates[way].push((1000 * images) / (performance.now() - begun));
        const { user, system } = cpuUsage(before);
        times[way].push((user + system) / 1000 / images);
        said.add(JSON.stringify(found));
      }
  } finally {
    for (const runtime of Object.values(runtimes)) runtime.close();
  }
  if (said.size > 1) throw new Error('the plain loop and SIMD do not say the same of the images');
  const medians = (of: Record<Way, number[]>): Record<Way, number> => ({
    plain: median(of.plain),
    simd: median(of.simd),
    twoThreads: median(of.twoThreads),
  });
  return {
    images,
    steps: STEPS,
    milliseconds: medians(times),
    imagesPerSecond: medians(rates),
    faster: median(times.plain.map((one, r) => one / times.simd[r]!)),
    together: median(rates.twoThreads.map((one, r) => one / rates.plain[r]!)),
  };
}

export function verifyTable(figures: VerifyFigures): string {
  const { images, steps, milliseconds, imagesPerSecond, faster, together } = figures;
  const row = (title: string, way: Way, more = ''): string =>
    `${title.padEnd(18)}${milliseconds[way].toFixed(1).padStart(7)} ms${imagesPerSecond[way].toFixed(1).padStart(9)} images/s${more}`;
  return [
    `verify, MNIST CNN, ${images} images, T = ${steps}: processor time of an image`,
    '',
    row('plain loop', 'plain'),
    row('SIMD', 'simd', `   ${faster.toFixed(2)}x, the same to the last bit`),
    row('SIMD, two threads', 'twoThreads', `   ${together.toFixed(2)}x of the plain loop in images a second`),
  ].join('\n');
}
