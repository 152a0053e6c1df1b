/**
 * @file The ideal count: what the neurons of a layer send in T steps of a constant current, and the largest and smallest
 * rate they have at all. In closed form for the neurons that have one; any other kind is asked itself, by a run of the
 * layer alone.
 *
 *     full      N = clip(trunc(q), -T, T)                  q = T*x / theta, v0 = 0 (law L4)
 *     half      N = clip(sign(q) * floor(abs(q) + 1/2), -T, T)      v0 = 0 (L7; a tie goes away from 0, as the neuron's does)
 *     tracer    N = clip(floor(q + 1/2), -T, T)            (L16)
 *     unipolar  N = clip(floor(q + p), 0, T)               0 <= p = v0 / theta < 1
 */
import { mapSize } from '../../nn/architecture.ts';
import type { NeuronKind, SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { simulate } from '../../snn/simulate.ts';

/** Count for q = T*x / theta, before it is clipped to T, and the lowest rate. */
interface ClosedForm {
  readonly lowest: -1 | 0;
  count(q: number): number;
}

function closedForm(kind: NeuronKind, p: number): ClosedForm | null {
  if (kind === 'full' && p === 0) return { lowest: -1, count: Math.trunc };
  if (kind === 'half' && p === 0)
    return { lowest: -1, count: (q) => Math.sign(q) * Math.floor(Math.abs(q) + 0.5) };
  if (kind === 'tracer' && p === 0.5) return { lowest: -1, count: (q) => Math.floor(q + p) };
  if (kind === 'unipolar' && p >= 0 && p < 1) return { lowest: 0, count: (q) => Math.floor(q + p) };
  return null;
}

/** Of one layer. */
export interface ConstantInput {
  /** The smallest and largest rate in theta, whatever the input. */
  readonly lowest: number;
  readonly highest: number;
  /** totals: T*x [neurons], in the unit of currents. Returns signed counts [neurons]. */
  counts(totals: Float64Array): Int32Array;
}

/**
 * @param theta [neurons]
 * @param simulated true: asks the neurons even where a closed form is known
 */
export function constantInput(
  network: SpikingNetwork,
  layer: SpikingLayer,
  theta: Float64Array,
  steps: number,
  simulated = false,
): ConstantInput {
  const closed = simulated ? null : closedForm(network.neuron, network.initialPotential);
  if (closed) {
    const { lowest, count } = closed;
    const [low, high] = [lowest * steps, steps];
    const counts = (totals: Float64Array): Int32Array =>
      Int32Array.from(totals, (total, i) => Math.min(high, Math.max(low, count(total / theta[i]!))));
    return { lowest, highest: 1, counts };
  }
  const counts = (totals: Float64Array): Int32Array => runAlone(network, layer, totals, steps);
  const extreme = (sign: number): Int32Array => counts(theta.map((height) => sign * FLOOD * height * steps));
  const [low, high] = [extreme(-1), extreme(1)];
  return {
    lowest: low.reduce((a, b) => Math.min(a, b)) / steps,
    highest: high.reduce((a, b) => Math.max(a, b)) / steps,
    counts,
  };
}

/** A current of so many thetas is more than any neuron can follow, and float32 still sees one theta beside it. */
const FLOOD = 2 ** 12;

/** The layer without its synapses: each neuron gets one number of the "image" as its constant current. */
function runAlone(
  network: SpikingNetwork,
  layer: SpikingLayer,
  totals: Float64Array,
  steps: number,
): Int32Array {
  const empty = new Float32Array(0);
  const input = {
    kind: 'identity',
    from: -1,
    pool: 1,
    weight: empty,
    kernel: 1,
    stride: 1,
    padding: 0,
  } as const;
  const readout: SpikingLayer = {
    name: 'none',
    shape: [1, 1, 1],
    theta: empty,
    bias: Float32Array.of(0),
    inputs: [],
  };
  const { grid: _, ...withoutGrid } = network;
  const alone: SpikingNetwork = {
    ...withoutGrid,
    input: layer.shape,
    classes: 1,
    layers: [{ ...layer, bias: new Float32Array(layer.shape[2]), inputs: [input] }, readout],
  };
  const currents = Float32Array.from({ length: mapSize(layer.shape) }, (_, i) => totals[i]! / steps);
  return simulate(alone, currents, {
    steps,
    engine: 'reference',
    schedule: 'streaming',
    record: { counts: true },
  }).record[0]!.counts!;
}
