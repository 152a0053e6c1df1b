/**
 * @file Writes the NIR files of test/nir/files, and has the official Python library read and run them:
 *
 *     node bench/peers/nir/make-files.ts NIR_SOURCES        (the folder that holds the package `nir`; needs python3-h5py)
 *
 * The networks have dyadic numbers: no sum of theirs rounds, so that readers that add in any order must agree in every spike.
 */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import {
  avgPool,
  conv2d,
  convert,
  encodeNir,
  exportNir,
  flatten,
  type LayerSpec,
  linear,
  type MapShape,
  mapSize,
  neuronNamed,
  Random,
  residual,
  restCoded,
  type SpikingNetwork,
  sequential,
  strelu,
  type TrainedNetwork,
} from '../../../src/index.ts';
import { parameterSpecs } from '../../../src/nn/parameters.ts';

const FOLDER = fileURLToPath(new URL('../../../test/nir/files/', import.meta.url));
const STEPS = 8;
const INPUT: MapShape = [6, 5, 2];

/** A network whose weights and thresholds are multiples of 1/8. */
function drawn(name: string, seed: number, layers: readonly LayerSpec[]): TrainedNetwork {
  const architecture = sequential(...layers)(INPUT, name);
  const random = Random.seeded(seed);
  const weights = new Map(
    parameterSpecs(architecture.layers).map((spec) => {
      const length = spec.shape.reduce((a, b) => a * b, 1);
      const draw = (): number =>
        spec.role === 'theta' ? (3 + random.integer(8)) / 8 : (random.integer(9) - 4) / 8;
      return [spec.name, Float32Array.from({ length }, draw)];
    }),
  );
  return { architecture, weights, provenance: {} };
}

const perChannel = { thetaPer: 'channel' } as const;
const deep = [
  conv2d(3, 3, { padding: 1 }),
  strelu(perChannel),
  avgPool(2),
  residual([conv2d(3, 3, { padding: 1, bias: false })]),
  strelu(),
  conv2d(4, 2, { stride: 2 }),
  strelu(),
  flatten(),
  linear(4),
];
/** Kernels and windows of two sides, borders of one, dilation, groups: more than the types of the Python library are checked for. */
const rectangular = [
  conv2d(4, [3, 2], { padding: [1, 1, 1, 0] }),
  strelu(perChannel),
  conv2d(6, [2, 3], { groups: 2, dilation: [2, 1], padding: [2, 0, 1, 1] }),
  strelu(),
  avgPool([3, 2], { stride: [2, 1], padding: [1, 1, 0, 0] }),
  conv2d(6, 1, { groups: 6, stride: [1, 2] }),
  strelu(),
  flatten(),
  linear(4),
];
const vector = [flatten(), linear(6), strelu(perChannel), linear(5, { bias: false }), strelu(), linear(3)];

/** The network with neurons of another kind, which need not be what it was trained for: its spikes are what is compared. */
function spiking(trained: TrainedNetwork, name: string, start?: number, slope?: number): SpikingNetwork {
  const { snn } = convert(trained, { neuron: 'half' });
  const known = neuronNamed(name);
  const neuron = slope === undefined ? known : known.withSlope!(slope);
  return { ...snn, neuron, initialPotential: start ?? neuron.start };
}

const CASES: Readonly<Record<string, SpikingNetwork>> = {
  half: spiking(drawn('half', 1, deep), 'half'),
  full: spiking(drawn('full', 2, vector), 'full'),
  unipolar: spiking(drawn('unipolar', 3, deep), 'unipolar', 0.5),
  leaky: spiking(drawn('leaky', 4, deep), 'leaky', 0, 0.25),
  burst: spiking(drawn('burst', 5, deep), 'burst'),
  'reset-to-zero': spiking(drawn('reset-to-zero', 6, deep), 'reset-to-zero', 0.25),
  rectangular: spiking(drawn('rectangular', 8, rectangular), 'half'),
  rest: restCoded(spiking(drawn('rest', 7, deep), 'half')),
};

/** The image in the graph's order: channel, row, column. */
function imageOf(seed: number): number[] {
  const random = Random.seeded(seed);
  return Array.from({ length: mapSize(INPUT) }, () => (random.integer(17) - 8) / 8);
}

const [sources] = process.argv.slice(2);
if (!sources) throw new Error('usage: node bench/peers/nir/make-files.ts NIR_SOURCES');
const files: string[] = [];
for (const [i, [name, network]] of Object.entries(CASES).entries()) {
  const path = `${FOLDER}${name}.nir`;
  await writeFile(path, await encodeNir(exportNir(network)));
  await writeFile(`${FOLDER}${name}.json`, JSON.stringify({ image: imageOf(100 + i) }));
  files.push(path);
}
const here = fileURLToPath(new URL('.', import.meta.url));
const python = (script: string, ...words: string[]): void => {
  execFileSync('/usr/bin/python3', [`${here}${script}`, ...words], { stdio: 'inherit' });
};
python('run.py', sources, String(STEPS), ...files);
python('write.py', sources, String(STEPS), FOLDER);
