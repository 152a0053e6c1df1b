/**
 * @file `verify` on the pretrained MNIST network: processor time of an image with values through weights by SIMD and by the plain loop,
 * in turn, and what is said of the images, which must be the same. The images are drawn digits: what they cost is what MNIST's cost.
 */
import { cpuUsage } from 'node:process';
import { convert } from '../../src/convert/convert.ts';
import { drawStrokes } from '../../src/data/strokes.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { checkNetwork } from '../../src/lab/verify/check-network.ts';
import { createRuntime } from '../../src/runtime.ts';
import { median } from '../timing.ts';

const STEPS = 8;

export interface VerifyFigures {
  readonly images: number;
  readonly steps: number;
  /** Milliseconds of the processor for one image, median of the rounds: the run, its laws, bounds and anatomy. */
  readonly milliseconds: { readonly plain: number; readonly simd: number };
  /** plain / simd, median of the rounds' ratios. */
  readonly faster: number;
}

export interface VerifySuiteOptions {
  /** The path of the pretrained network. */
  readonly model: string;
  readonly images: number;
  readonly rounds: number;
  readonly log: (line: string) => void;
}

/** @throws Error when the two do not say the same */
export async function verifySuite({
  model,
  images,
  rounds,
  log,
}: VerifySuiteOptions): Promise<VerifyFigures> {
  const { architecture, ...network } = await loadModel(model);
  const { snn } = convert({ ...network, architecture });
  const dataset = drawStrokes({ count: images, seed: 1, split: 'test' });
  const runtime = createRuntime({ workers: 1 });
  const times = { plain: [] as number[], simd: [] as number[] };
  const said = new Set<string>();
  try {
    for (let round = 0; round < rounds; round++)
      for (const [way, place] of [
        ['plain', {}],
        ['simd', { runtime }],
      ] as const) {
        log(`round ${round + 1} of ${rounds}, ${way}`);
        const before = cpuUsage();
        const { simulated: _, ...found } = await checkNetwork(snn, dataset, {
          steps: STEPS,
          architecture,
          ...place,
        });
        const { user, system } = cpuUsage(before);
        times[way].push((user + system) / 1000 / images);
        said.add(JSON.stringify(found));
      }
  } finally {
    runtime.close();
  }
  if (said.size > 1) throw new Error('the plain loop and SIMD do not say the same of the images');
  return {
    images,
    steps: STEPS,
    milliseconds: { plain: median(times.plain), simd: median(times.simd) },
    faster: median(times.plain.map((one, r) => one / times.simd[r]!)),
  };
}

export const verifyTable = ({ images, steps, milliseconds, faster }: VerifyFigures): string =>
  [
    `verify, MNIST CNN, ${images} images, T = ${steps}, one thread: processor time of an image`,
    '',
    `plain loop   ${milliseconds.plain.toFixed(1).padStart(7)} ms`,
    `SIMD         ${milliseconds.simd.toFixed(1).padStart(7)} ms   ${faster.toFixed(2)}x, the same to the last bit`,
  ].join('\n');
