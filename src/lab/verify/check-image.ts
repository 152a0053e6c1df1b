/**
 * @file The laws on every neuron of some images' run, step by step or settling.
 */
import { certifyEach } from '../../proof/bounds/certify.ts';
import { checkExactLaw } from '../../proof/laws/check-exact-law.ts';
import type { Follow } from '../../proof/laws/follow.ts';
import { traceWith } from '../../proof/laws/trace-layer.ts';
import type { FoldedRun } from '../../proof/networks/run-folded.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import type { LayerWiring } from '../../snn/wiring.ts';
import type { LawTally } from './law-tally.ts';

/** What the neurons of one image sent. */
export interface Sent {
  /** Per spiking layer. */
  readonly counts: readonly Int32Array[];
  /** The class is proven to be the folded network's. */
  readonly certified: boolean;
}

/** The laws on every neuron of some images of a step by step run. */
export function addTraces(
  tally: LawTally,
  network: SpikingNetwork,
  result: SimulationResult,
  images: readonly number[],
  continuous: readonly FoldedRun[],
  wiring: readonly LayerWiring[],
  follow: Follow,
): Sent[] {
  const spiking = network.layers.slice(0, -1);
  const traced = images.map((image, i) => ({
    image,
    traces: spiking.map((_, l) => traceWith(follow, network, result, l, image)),
    foldedLogits: continuous[i]!.logits,
  }));
  for (const { traces } of traced) for (const trace of traces) tally.addLayer(trace);
  const certificates = certifyEach(network, result, traced, { wiring });
  return certificates.map(({ bounds, observed, certified }, i) => {
    const { image, traces, foldedLogits } = traced[i]!;
    tally.add('L15', 'abs(logit - folded logit) <= bound along the run', network.classes, {
      broken: brokenBounds(bounds, foldedLogits, result, image),
      worst: observed ?? 0,
      bound: bounds.reduce((a, b) => Math.max(a, b)),
    });
    return { counts: traces.map((trace) => trace.counts), certified };
  });
}

export function settledCounts(result: SimulationResult, image: number): Sent {
  const counts = result.record.slice(0, -1).map((layer, l) => {
    const { neurons } = result.layers[l]!;
    return layer.counts!.subarray(image * neurons, (image + 1) * neurons);
  });
  return { counts, certified: false };
}

/** The exact modes: each count is what the sum of its currents asks for. */
export function addExact(
  tally: LawTally,
  network: SpikingNetwork,
  image: Float32Array,
  counts: readonly Int32Array[],
  steps: number,
  wiring: readonly LayerWiring[],
): void {
  const { law } = network.neuron.settling!;
  for (const { neurons, broken } of checkExactLaw(network, image, counts, steps, wiring))
    tally.add(law, 'N = the quantised count (wrong counts; a tie of float32 may go either way)', neurons, {
      broken,
      worst: broken,
      bound: 0,
    });
}

/** Logits that are farther from the folded network's than proven possible. */
function brokenBounds(
  bounds: Float64Array,
  ideal: Float64Array,
  result: SimulationResult,
  image: number,
): number {
  const at = ((result.steps - 1) * result.images + image) * result.classes;
  let broken = 0;
  for (let c = 0; c < bounds.length; c++) {
    const logit = result.logits[at + c]!;
    const rounding = (Math.abs(logit) + bounds[c]!) * 2 ** -16;
    if (!(Math.abs(logit - ideal[c]!) <= bounds[c]! + rounding)) broken++;
  }
  return broken;
}
