/**
 * @file `verify` on the pretrained MNIST network: processor time and images a second, with values through weights by SIMD on one thread
 * and on two, and by the plain loop, in turn; and what is said of the images, which must be the same. On two threads also with the engine
 * that multiplies where most neurons spike, of whose run every law must hold. The images are drawn digits: what they cost is what MNIST's
 * cost.
 */
import { cpuUsage } from 'node:process';
import { convert } from '../../src/convert/convert.ts';
import { type Dataset, take } from '../../src/data/dataset.ts';
import { drawStrokes } from '../../src/data/strokes.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { type CheckRequest, checkNetwork } from '../../src/lab/verify/check-network.ts';
import { createRuntime } from '../../src/runtime.ts';
import { median } from '../timing.ts';

const STEPS = 8;
const WAYS = ['plain', 'simd', 'twoThreads', 'auto'] as const;
type Way = (typeof WAYS)[number];

export interface VerifyFigures {
  readonly images: number;
  /** Of the plain loop. */
  readonly plainImages: number;
  readonly steps: number;
  /** Milliseconds of the processor for one image, median of the rounds: the run, its laws, bounds and anatomy. */
  readonly milliseconds: Readonly<Record<Way, number>>;
  /** The least and the most of the rounds. */
  readonly range: Readonly<Record<Way, readonly [least: number, most: number]>>;
  /** Median of the rounds; the start of threads is in it. */
  readonly imagesPerSecond: Readonly<Record<Way, number>>;
  /** Each way / plain in images a second, median of the rounds' ratios. */
  readonly faster: Readonly<Record<Way, number>>;
}

export interface VerifySuiteOptions {
  /** The path of the pretrained network. */
  readonly model: string;
  readonly images: number;
  /** The plain loop takes the first of them. */
  readonly plainImages: number;
  readonly rounds: number;
  readonly log: (line: string) => void;
}

/** @throws Error when two ways that must say the same do not, or a law does not hold */
export async function verifySuite({
  model,
  images,
  plainImages,
  rounds,
  log,
}: VerifySuiteOptions): Promise<VerifyFigures> {
  const { architecture, ...network } = await loadModel(model);
  const { snn } = convert({ ...network, architecture });
  const all = drawStrokes({ count: images, seed: 1, split: 'test' });
  const few = take(all, plainImages);
  const runtimes = { one: createRuntime({ workers: 1 }), two: createRuntime({ workers: 2 }) };
  const ways: Record<Way, readonly [Dataset, Omit<CheckRequest, 'steps'>]> = {
    plain: [few, {}],
    simd: [all, { runtime: runtimes.one }],
    twoThreads: [all, { runtime: runtimes.two }],
    auto: [all, { runtime: runtimes.two, engine: 'auto' }],
  };
  const check = async ([dataset, request]: (typeof ways)[Way]): Promise<string> => {
    const { simulated: _, ...found } = await checkNetwork(snn, dataset, {
      ...{ steps: STEPS, architecture },
      ...request,
    });
    const broken = found.laws.find(({ holds }) => !holds);
    if (broken) throw new Error(`verify: ${broken.id} does not hold`);
    return JSON.stringify(found);
  };
  const lists = (): Record<Way, number[]> => ({ plain: [], simd: [], twoThreads: [], auto: [] });
  const [times, rates, said] = [lists(), lists(), new Map<Way, string>()];
  try {
    for (let round = 0; round < rounds; round++)
      for (const way of WAYS) {
        log(`round ${round + 1} of ${rounds}, ${way}`);
        const [before, begun] = [cpuUsage(), performance.now()];
        const { count } = ways[way][0];
        said.set(way, await check(ways[way]));
        rates[way].push((1000 * count) / (performance.now() - begun));
        const { user, system } = cpuUsage(before);
        times[way].push((user + system) / 1000 / count);
      }
    if (said.get('twoThreads') !== said.get('simd'))
      throw new Error('one thread and two do not say the same of the images');
    if ((await check([few, { runtime: runtimes.one }])) !== said.get('plain'))
      throw new Error('the plain loop and SIMD do not say the same of the images');
  } finally {
    for (const runtime of Object.values(runtimes)) runtime.close();
  }
  const each = <T>(figure: (way: Way) => T): Record<Way, T> =>
    Object.fromEntries(WAYS.map((way) => [way, figure(way)])) as Record<Way, T>;
  return {
    ...{ images, plainImages, steps: STEPS },
    milliseconds: each((way) => median(times[way])),
    range: each((way) => [Math.min(...times[way]), Math.max(...times[way])] as const),
    imagesPerSecond: each((way) => median(rates[way])),
    faster: each((way) => median(rates[way].map((rate, r) => rate / rates.plain[r]!))),
  };
}

export function verifyTable(figures: VerifyFigures): string {
  const { images, plainImages, steps, milliseconds, range, imagesPerSecond, faster } = figures;
  const rangeOf = (way: Way): string => `(${range[way].map((one) => one.toFixed(1)).join(' to ')})`;
  const row = (title: string, way: Way, more = ''): string =>
    `${title.padEnd(31)}${milliseconds[way].toFixed(1).padStart(7)} ms ${rangeOf(way).padEnd(18)}${imagesPerSecond[way].toFixed(1).padStart(9)} images/s${faster[way].toFixed(2).padStart(7)}x${more}`;
  return [
    `verify, MNIST CNN, ${images} images (plain loop: ${plainImages}), T = ${steps}: processor time of an image (of all rounds), images a second`,
    '',
    row('plain loop', 'plain'),
    row('SIMD', 'simd', '   the same to the last bit'),
    row('SIMD, two threads', 'twoThreads', '   the same to the last bit'),
    row('two threads, --engine auto', 'auto', '   another run: products where they cost less'),
  ].join('\n');
}
