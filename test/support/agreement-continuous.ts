/**
 * @file A network without spikes, in every way that there is: the trained network by both sets of kernels and in mini-batches of any
 * size, and the folded one, against the definition of each layer in float64.
 */
import assert from 'node:assert/strict';
import { mapSize, type TrainedNetwork } from '../../src/nn/architecture.ts';
import { forward } from '../../src/nn/forward.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { loadWeights } from '../../src/nn/trained-network.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import type { Runtime } from '../../src/runtime.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { deviation, type LayerWiring, propagate, wiringOf } from '../../src/snn/wiring.ts';
import { Tape } from '../../src/tensor/tape.ts';
import type { ExtremeCase } from './extreme-network.ts';
import { evaluate } from './oracle/trained.ts';
import { hasKind } from './random-architecture.ts';

/** A layer of some hundred float32 terms keeps this much of the largest of them. */
const ROUNDING = 2 ** -16;

/** @param snn the network converted to `half` */
export function assertContinuous(
  { network, images, count }: ExtremeCase,
  snn: SpikingNetwork,
  runtimes: readonly Runtime[],
): void {
  const { classes } = network.architecture;
  const pixels = mapSize(network.architecture.input);
  const wiring = wiringOf(snn);
  const each = Array.from({ length: count }, (_, i) => images.subarray(i * pixels, (i + 1) * pixels));
  const expected = each.map((image) => evaluate(network, image));
  const floor = hasKind(network.architecture.layers, 'batchNorm') ? 8 : 0;
  const allowed = each.map((image) => allowance(wiring, snn, image, floor));
  const compare = (what: string, i: number, logits: ArrayLike<number>): void => {
    for (let c = 0; c < classes; c++) {
      const [wanted, room] = [expected[i]![c]!, allowed[i]![c]!];
      assert.ok(
        Math.abs(logits[c]! - wanted) <= room,
        `${what}, image ${i}, class ${c}: expected ${wanted} up to ${room}, found ${logits[c]}`,
      );
    }
  };
  each.forEach((image, i) => {
    compare('folded', i, runFolded(snn, image, wiring).logits);
  });
  for (const runtime of runtimes)
    for (const size of new Set([1, Math.max(1, count - 1), count]))
      each.forEach((_, i) => {
        if (i % size !== 0) return;
        const batch = images.subarray(i * pixels, Math.min(count, i + size) * pixels);
        const logits = logitsOf(runtime, network, batch);
        for (let k = 0; k * classes < logits.length; k++)
          compare(
            `${runtime.kernels.name} kernels, ${runtime.team.lanes} lanes, batches of ${size}`,
            i + k,
            logits.subarray(k * classes, (k + 1) * classes),
          );
      });
}

function logitsOf(runtime: Runtime, network: TrainedNetwork, images: Float32Array): Float32Array {
  const { input } = network.architecture;
  const model = loadWeights(runtime.heap, network);
  const tape = Tape.on(runtime, { recording: false });
  try {
    const x = tape.tensor([images.length / mapSize(input), ...input]);
    x.data.set(images);
    return Float32Array.from(forward(tape, model, x).data);
  } finally {
    tape.close();
    disposeModel(runtime.heap, model);
  }
}

/**
 * How far float32 may take each logit, whatever the order of its sums: in each layer a share of the largest sum that a neuron of the
 * channel could have (a fast convolution adds and takes off what belongs to neighbours), and what the layers before it are off by.
 * @param floor the largest number of a batch norm that is folded away
 */
function allowance(
  wiring: readonly LayerWiring[],
  snn: SpikingNetwork,
  image: Float32Array,
  floor: number,
): Float64Array {
  const bounds: Float64Array[] = [];
  const sizes = image.map(Math.abs);
  wiring.forEach((layer, l) => {
    const { bias, shape } = snn.layers[l]!;
    const size = layer.reach.map((reach, i) => floor + reach + Math.abs(bias[i % bias.length]!));
    for (const synapses of layer.image) propagate(synapses, sizes, size, 'sizes');
    const largest = new Float64Array(shape[2]);
    size.forEach((one, i) => {
      largest[i % shape[2]] = Math.max(largest[i % shape[2]]!, one);
    });
    const moved = deviation(wiring, l, bounds, 0);
    // an activation is never farther off than from one end of its clip to the other
    bounds.push(
      moved.map((one, i) =>
        Math.min(one + ROUNDING * largest[i % shape[2]]!, 2 * (layer.theta[i] ?? Number.MAX_VALUE)),
      ),
    );
  });
  return bounds.at(-1)!;
}
