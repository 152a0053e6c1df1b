/**
 * @file Certificates: from one run of the spiking network alone, does the folded network give the same class, and
 * would it for every image within a distance? Certified means proven, up to float64 rounding of the bound itself (float32 of the run is in it);
 * a bound that certifies nothing is reported as what it is.
 */
import { InputError } from '../../errors.ts';
import { argmax } from '../../nn/argmax.ts';
import { accumulates } from '../../snn/accumulate.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { deviation, type LayerWiring, wiringOf } from '../../snn/wiring.ts';
import { readoutDifferences } from '../anatomy/readout-differences.ts';
import { type LayerTrace, traceLayer } from '../laws/trace.ts';
import { responseOf } from '../networks/activation.ts';
import { currentRounding, intervalBounds } from './intervals.ts';

export interface Certificate {
  /** Class of the spiking network after T steps. */
  readonly class: number;
  /** Distance of its logit to the next. */
  readonly margin: number;
  /** Bound on abs(logit of the spiking network - logit of the folded network), per class. */
  readonly bounds: Float64Array;
  /** The folded network provably gives the same class. */
  readonly certified: boolean;
  /** A bound at least as large as the whole range of logits says nothing. */
  readonly vacuous: boolean;
  /** Largest bound / largest error really seen; null when the folded logits were not given, or agree exactly. */
  readonly tightness: number | null;
  /** Largest error really seen. */
  readonly observed: number | null;
}

export interface CertifyOptions {
  /** Certify all images within this distance (largest component) too. Default 0. */
  readonly ball?: number;
  /** Logits of the folded network, for the tightness. */
  readonly foldedLogits?: Float64Array;
  readonly wiring?: readonly LayerWiring[];
  /** Traces of all spiking layers, when they exist already. */
  readonly traces?: readonly LayerTrace[];
}

/**
 * @param result a run with spikes, membrane and currents recorded, streaming or layered
 * @example
 * certify(snn, result, 0).certified; // is it proven that no rounding of rates changed this image's class?
 */
export function certify(
  network: SpikingNetwork,
  result: SimulationResult,
  image: number,
  options: CertifyOptions = {},
): Certificate {
  if (result.schedule === 'settling' && !accumulates(network.neuron, result.schedule))
    throw new InputError(
      `${network.name}: certificates need a streaming run, found settling; it is exact (law L16)`,
    );
  const wiring = options.wiring ?? wiringOf(network);
  const spiking = network.layers.slice(0, -1);
  const traces = options.traces ?? spiking.map((_, l) => traceLayer(network, result, l, image));
  const at = ((result.steps - 1) * result.images + image) * result.classes;
  const logits = result.logits.subarray(at, at + result.classes);
  const ball = options.ball ?? 0;
  const all = intervalBounds(wiring, traces, logits, responseOf(network.neuron), ball);
  const bounds = all.at(-1)!;
  const best = argmax(logits);
  const differences = readoutDifferences(wiring, best);
  const gaps = differences && deviation(differences, wiring.length - 1, all, ball);
  const { unit } = wiring.at(-1)!;
  const currents = unit.map((one, c) => logits[c]! / one);
  const rounding = currentRounding(wiring.at(-1)!, currents).map((e, c) => e * unit[c]!);
  let margin = Number.POSITIVE_INFINITY;
  let certified = true;
  logits.forEach((logit, c) => {
    if (c === best) return;
    const ahead = logits[best]! - logit;
    margin = Math.min(margin, ahead);
    const gap = gaps ? gaps[c]! + rounding[best]! + rounding[c]! : bounds[best]! + bounds[c]!;
    if (!(ahead > gap)) certified = false;
  });
  const largest = bounds.reduce((a, b) => Math.max(a, b), 0);
  const range = logits[best]! - logits.reduce((a, b) => Math.min(a, b));
  const observed = options.foldedLogits
    ? options.foldedLogits.reduce((worst, logit, c) => Math.max(worst, Math.abs(logit - logits[c]!)), 0)
    : null;
  return {
    class: best,
    margin,
    bounds,
    certified,
    vacuous: !(largest < range),
    tightness: observed ? largest / observed : null,
    observed,
  };
}
