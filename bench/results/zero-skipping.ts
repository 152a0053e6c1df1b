/**
 * @file A fairer baseline than the dense ANN: the same quantised network in the same rest coding, whose multiplications by 0
 * are skipped too. It needs a multiply-accumulate where a neuron sends anything; the spiking network needs an accumulate for
 * each spike.
 */
import { convert } from '../../src/convert/convert.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { countOperations } from '../../src/energy/count-operations.ts';
import { estimateEnergy } from '../../src/energy/estimate-energy.ts';
import { ESTIMATORS } from '../../src/energy/estimators.ts';
import { networkInput } from '../../src/lab/index.ts';
import { mapSize, type TrainedNetwork } from '../../src/nn/architecture.ts';
import type { Runtime } from '../../src/runtime.ts';
import { pooledFanOut } from '../../src/snn/fan-out.ts';
import { type Geometry, synapseGeometry } from '../../src/snn/geometry.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { largestOfWindows, sumWindows } from '../../src/snn/windows.ts';

/** Against an ANN that skips its zeros; both in rest coding, the SNN in the exact mode by layers (Horowitz 2014, 32 bits). */
export interface ZeroSkipping {
  readonly steps: number;
  readonly images: number;
  /** Of the dense ANN's multiply-accumulates, those with no factor 0. */
  readonly macShare: number;
  /** SNN / ANN that skips. */
  readonly energyRatio: number;
}

export function measureZeroSkipping(
  runtime: Runtime,
  trained: TrainedNetwork,
  dataset: Dataset,
  steps: number,
): ZeroSkipping {
  const { snn } = convert(trained, { neuron: 'rest' });
  const options = { steps, schedule: 'settling', engine: 'products', record: { counts: true } } as const;
  const result = simulate(snn, networkInput(dataset, 0, dataset.count, snn), { ...options, runtime });
  const counts = countOperations(snn, result);
  const sent = result.record.slice(0, -1).map((layer) => layer.counts!);
  const skipping = counts.snnMac + nonZeroMacs(snn, sent) / dataset.count;
  const { annJoule, snnJoule } = estimateEnergy(ESTIMATORS[0]!, counts);
  const macShare = skipping / counts.annMac;
  return {
    steps,
    images: dataset.count,
    macShare,
    energyRatio: snnJoule.at(-1)! / (annJoule! * macShare),
  };
}

/**
 * The multiply-accumulates behind the first layer that have a factor other than 0, summed over all images. What a mean over a
 * window hands on is 0 where all of the window is; what a max pool hands on is its largest value.
 * @param counts per spiking layer [images, neurons]: what each neuron sends
 */
export function nonZeroMacs(network: SpikingNetwork, counts: readonly Int32Array[]): number {
  let macs = 0;
  for (const layer of network.layers)
    for (const synapses of layer.inputs) {
      if (synapses.from < 0 || synapses.kind === 'identity') continue;
      const geometry = synapseGeometry(network, layer, synapses);
      const fanOut = pooledFanOut(geometry);
      const [neurons, channels] = [mapSize(geometry.source), geometry.map[2]];
      const sent = counts[synapses.from]!;
      for (let at = 0; at < sent.length; at += neurons)
        factorsOf(geometry, sent.subarray(at, at + neurons)).forEach((factor, i) => {
          if (factor !== 0) macs += fanOut[Math.floor(i / channels)]!;
        });
    }
  return macs;
}

/** Per place of the pooled map and channel: 0 where the synapses multiply by 0. */
function factorsOf(geometry: Geometry, sent: Int32Array): Float64Array {
  const { maxPool, source } = geometry;
  const handed = maxPool
    ? largestOfWindows(maxPool, source, geometry.sent, sent, new Int32Array(mapSize(geometry.sent)))
    : sent;
  return sumWindows(geometry, handed.map(Math.abs), new Float64Array(mapSize(geometry.map)));
}
