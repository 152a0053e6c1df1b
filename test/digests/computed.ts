/**
 * @file What is digested: networks trained by the command line, converted and simulated by the library.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { convert } from '../../src/convert/convert.ts';
import { CONVERSION_METHODS } from '../../src/convert/methods/index.ts';
import { exactNetwork } from '../../src/convert/transforms/exact-network.ts';
import { quantisedToInt8 } from '../../src/convert/transforms/int8.ts';
import { take } from '../../src/data/dataset.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { calibrate } from '../../src/lab/calibrate.ts';
import { networkInput } from '../../src/lab/simulate/network-input.ts';
import type { ActivationName, TrainedNetwork } from '../../src/nn/architecture.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulateOptions } from '../../src/snn/simulation.ts';

type Arrays = ReadonlyMap<string, ArrayBufferView & ArrayLike<number>>;
type DatasetWord = 'strokes' | 'mnist';
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const IMAGES = 200;
/** Plain loops look at every synapse: fewer images there. */
const PLAIN_IMAGES = 10;
const STEPS = 4;

/** One epoch of LeNet, by the command line. */
export async function train(
  dataset: DatasetWord,
  activation: ActivationName,
  out: string,
): Promise<TrainedNetwork> {
  const words = ['--dataset', dataset, '--model', 'lenet', '--activation', activation, '--epochs', '1'];
  const size = ['--limit', '4000', '--test-limit', '500', '--seed', '1', '--quiet'];
  execFileSync(process.execPath, [MAIN, 'train', ...words, ...size, '--out', out], { stdio: 'pipe' });
  return loadModel(out);
}

export interface Converted {
  readonly name: string;
  readonly snn: SpikingNetwork;
  readonly tensors: Arrays;
}

/** By every method for the network's activation and every neuron of it, then the grids. */
export async function conversions(network: TrainedNetwork, dataset: DatasetWord): Promise<Converted[]> {
  const activation = network.architecture.layers.find((layer) => layer.kind === 'activation')!.activation;
  const training = await openDataset(dataset, 'train', { limit: 50 });
  const runtime = createRuntime({ workers: 1 });
  const made: Converted[] = [];
  const add = (name: string, snn: SpikingNetwork): void => {
    made.push({ name, snn, tensors: tensorsOf(snn) });
  };
  try {
    for (const method of CONVERSION_METHODS.filter(({ activations }) => activations.includes(activation)))
      for (const neuron of method.neurons) {
        const calibration = method.needsCalibration
          ? await calibrate(runtime, network, training, 50, 8)
          : undefined;
        const { snn } = convert(network, {
          method: method.name,
          neuron,
          ...(calibration && { calibration }),
        });
        add(`${activation} ${method.name} ${neuron.name}`, snn);
        if (activation === 'strelu')
          add(`${activation} ${method.name} ${neuron.name} int8`, quantisedToInt8(snn));
        if (neuron.settling && activation === 'strelu')
          add(`${activation} ${method.name} ${neuron.name} grid`, exactNetwork(snn, STEPS));
      }
  } finally {
    runtime.close();
  }
  return made;
}

function tensorsOf(snn: SpikingNetwork): Arrays {
  const tensors = new Map<string, Float32Array>();
  tensors.set('v0, leak', Float32Array.of(snn.initialPotential, snn.neuron.slope ?? 0));
  for (const { name, theta, bias, scale, inputs } of snn.layers) {
    tensors.set(`${name}.theta`, Float32Array.from(theta));
    tensors.set(`${name}.bias`, Float32Array.from(bias));
    tensors.set(`${name}.scale`, Float32Array.from(scale ?? []));
    for (const [g, { weight }] of inputs.entries())
      tensors.set(`${name}.weight${g}`, Float32Array.from(weight));
  }
  return tensors;
}

/** Counts, spikes and logits of a network on the first test images, by how they were computed. */
export type Simulations = (snn: SpikingNetwork) => Iterable<readonly [string, Arrays]>;

export async function simulations(dataset: DatasetWord): Promise<Simulations> {
  const test = await openDataset(dataset, 'test', { limit: IMAGES });
  return function* (snn) {
    for (const schedule of ['streaming', 'layered', 'settling'] as const) {
      if (schedule === 'settling' && !snn.neuron.settling) continue;
      for (const [engine, options, images] of ENGINES) {
        const input = networkInput(take(test, images), 0, images, snn);
        const request = { ...options, schedule, steps: STEPS, record: { counts: true } };
        const { logits, record } = simulate(snn, input, request);
        const arrays = new Map<string, ArrayBufferView & ArrayLike<number>>([['logits', logits]]);
        for (const { name, counts } of record) if (counts) arrays.set(name, counts);
        yield [`${engine}, ${schedule}`, arrays];
      }
    }
  };
}

const ENGINES: readonly (readonly [string, Partial<SimulateOptions>, number])[] = [
  ['events', { engine: 'events', kernels: 'simd' }, IMAGES],
  ['plain events', { engine: 'events', kernels: 'reference' }, IMAGES],
  ['products', { engine: 'products' }, IMAGES],
  ['reference', { engine: 'reference' }, PLAIN_IMAGES],
];
