/**
 * @file Certificates: does the folded network give the same class as the spiking one, judging by one run of the spiking network
 * alone, and would it for every image within a distance? Certified means proven, up to float64 rounding in the bound itself (the
 * float32 rounding of the run is part of the bound). A bound that certifies nothing is reported as such.
 */
import { InputError } from '../../errors.ts';
import { argmax } from '../../nn/argmax.ts';
import { accumulates } from '../../snn/accumulate.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { deviation, type LayerWiring, wiringOf } from '../../snn/wiring.ts';
import type { LayerTrace } from '../laws/layer-trace.ts';
import { traceLayer } from '../laws/trace-layer.ts';
import { responseOf } from '../networks/response.ts';
import { currentRounding, intervalBoundsEach } from './interval-bounds.ts';
import { readoutDifferences } from './readout-differences.ts';

/** What one run of an image proves. */
export interface Certificate {
  /** The class that the spiking network gives after T steps. */
  readonly class: number;
  /** How far its logit is above the next. */
  readonly margin: number;
  /** `[classes]`: bounds on abs(logit of the spiking network - logit of the folded network). */
  readonly bounds: Float64Array;
  /** True when the folded network provably gives the same class. */
  readonly certified: boolean;
  /** True when the bounds say nothing: the largest is at least as large as the whole range of logits. */
  readonly vacuous: boolean;
  /** The largest bound / the largest error observed; null where the folded logits were not given, or agree exactly. */
  readonly tightness: number | null;
  /** The largest error observed; null where the folded logits were not given. */
  readonly observed: number | null;
}

/** What to certify, and what is known already. */
export interface CertifyOptions {
  /** Certify all images within this distance (the largest change of any one value) too. Default: 0. */
  readonly ball?: number;
  /** The folded network's logits, from which the tightness follows. */
  readonly foldedLogits?: Float64Array;
  /** The wiring of this network, where it exists already. */
  readonly wiring?: readonly LayerWiring[];
  /** The traces of all spiking layers, where they exist already. */
  readonly traces?: readonly LayerTrace[];
}

/**
 * Certifies one image of a run.
 * @param result a run with spikes, membrane and currents on record; schedule streaming or layered
 * @param image its index in the run
 * @throws InputError when something was not recorded, or the run was exact anyway
 * @example
 * certify(snn, result, 0).certified; // is it proven that no rounding of rates changed this image's class?
 */
export function certify(
  network: SpikingNetwork,
  result: SimulationResult,
  image: number,
  options: CertifyOptions = {},
): Certificate {
  return certifyEach(network, result, [{ ...options, image }], options)[0]!;
}

/** An image of a run, and what is known of it. */
export interface ImageToCertify extends Pick<CertifyOptions, 'foldedLogits' | 'traces'> {
  /** Its index in the run. */
  readonly image: number;
}

/** Certifies several images of a run at once. */
export function certifyEach(
  network: SpikingNetwork,
  result: SimulationResult,
  images: readonly ImageToCertify[],
  options: Pick<CertifyOptions, 'ball' | 'wiring'> = {},
): Certificate[] {
  if (result.schedule === 'settling' && !accumulates(network.neuron, result.schedule))
    throw new InputError(
      `${network.name}: certificates need a streaming run, found settling; it is exact (law L16)`,
    );
  const wiring = options.wiring ?? wiringOf(network);
  const spiking = network.layers.slice(0, -1);
  const ball = options.ball ?? 0;
  const measured = images.map(({ image, ...known }) => {
    const at = ((result.steps - 1) * result.images + image) * result.classes;
    return {
      traces: known.traces ?? spiking.map((_, l) => traceLayer(network, result, l, image)),
      logits: result.logits.subarray(at, at + result.classes),
    };
  });
  const bounds = intervalBoundsEach(wiring, measured, responseOf(network.neuron), ball);
  return images.map(({ foldedLogits }, i) =>
    certificateOf(wiring, measured[i]!.logits, bounds[i]!, ball, foldedLogits),
  );
}

/** @param all the bounds of all layers */
function certificateOf(
  wiring: readonly LayerWiring[],
  logits: Float32Array,
  all: readonly Float64Array[],
  ball: number,
  foldedLogits: Float64Array | undefined,
): Certificate {
  const bounds = all.at(-1)!;
  const best = argmax(logits);
  const differences = readoutDifferences(wiring, best);
  const gaps = differences && deviation(differences, wiring.length - 1, all, ball);
  const { unit } = wiring.at(-1)!;
  const currents = unit.map((one, c) => logits[c]! / one);
  const rounding = currentRounding(wiring.at(-1)!, currents).map((e, c) => e * unit[c]!);
  let margin = Number.POSITIVE_INFINITY;
  let certified = logits.every(Number.isFinite);
  logits.forEach((logit, c) => {
    if (c === best) return;
    const ahead = logits[best]! - logit;
    margin = Math.min(margin, ahead);
    const gap = gaps ? gaps[c]! + rounding[best]! + rounding[c]! : bounds[best]! + bounds[c]!;
    if (!(ahead > gap)) certified = false;
  });
  const largest = bounds.reduce((a, b) => Math.max(a, b), 0);
  const range = logits[best]! - logits.reduce((a, b) => Math.min(a, b));
  const observed = foldedLogits
    ? foldedLogits.reduce((worst, logit, c) => Math.max(worst, Math.abs(logit - logits[c]!)), 0)
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
