/**
 * @file What `npm run bench` understands.
 */
import { optionLines } from '../src/terminal/option-lines.ts';
import { flag, integer, integers, type Option, real, text } from '../src/terminal/options.ts';

export type BenchOptions = {
  readonly json: Option<string | null>;
  readonly svg: Option<string | null>;
  readonly peers: Option<boolean>;
  readonly threads: Option<readonly number[]>;
  readonly only: Option<string | null>;
  readonly seconds: Option<number>;
  readonly rounds: Option<number>;
  readonly quick: Option<boolean>;
  readonly help: Option<boolean>;
};

export const BENCH_OPTIONS: BenchOptions = {
  json: text('FILE', 'also write every figure, the machine and all versions as JSON'),
  svg: text('FILE', 'events: also draw what an image costs at each density, by events, products and auto'),
  peers: flag(
    'measure PyTorch, jax-js and TensorFlow.js beside; one that is not installed is skipped by name',
  ),
  threads: integers([1, 2], 'thread counts of the whole-network steps', 1, 64),
  only: text('PATTERN', 'only cases whose name matches this regular expression'),
  seconds: real(0.3, 'time for one side of one case in one round', 0.001),
  rounds: integer(7, 'rounds; every round measures all sides of a case in turn', 1, 1000),
  quick: flag('tiny cases, two rounds: shows that the suite runs, its figures mean nothing'),
  help: flag('this text'),
};

export const SUITES = ['kernels', 'events', 'steps', 'folders', 'verify', 'queue'] as const;

export type SuiteName = (typeof SUITES)[number];

export function benchHelp(): string {
  return [
    'Usage: npm run bench -- kernels|events|steps|folders|verify|queue [options]',
    '',
    'kernels: matrix products, a chain of element-wise operations, the convolutions of VGG-16, whole steps of the MNIST CNN and of VGG-16, memory.',
    'events: the event engine on a converted VGG-16. It takes --peers, --rounds, --svg and --json only.',
    'steps: what auto would save if it chose by time step as well as by layer, by its own prices, on CIFAR-10. No clock; it takes --json only.',
    'folders: 10,000 PNG files of 32 x 32, read with one thread and several. It takes --rounds and --json only.',
    'verify: the laws, bounds and anatomy of the MNIST CNN, by SIMD and by plain loops. It takes --rounds, --quick and --json only.',
    'queue: jobs that do nothing or little, by the local runner and by workers over a Redis of its own. It takes --rounds, --quick and --json only.',
    '',
    'Options:',
    ...optionLines(BENCH_OPTIONS),
    '',
    'Peers: PyTorch from /usr/bin/python3 or python3 (Debian: apt-get install python3-torch libopenblas0);',
    'jax-js and TensorFlow.js from node_modules or the directory STRELU_PEERS (npm i @jax-js/jax @tensorflow/tfjs @tensorflow/tfjs-backend-wasm).',
  ].join('\n');
}
