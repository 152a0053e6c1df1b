/**
 * @file Which of strelu's neurons fires as the neurons of a graph do: to the last bit, or none.
 */
import { InputError } from '../../errors.ts';
import type { MapShape } from '../../nn/architecture.ts';
import { NEURONS } from '../../snn/neurons/index.ts';
import type { Neuron } from '../../snn/neurons/neuron.ts';
import { type Firing, firingOf, unsaid } from '../firing.ts';
import { justAbove, justBelow } from '../next-float.ts';
import type { NeuronParts } from './neuron-parts.ts';
import { perChannel } from './per-channel.ts';

/** A population with its place, for errors, and the map that its neurons stand on. */
export interface Population extends NeuronParts {
  readonly place: string;
  readonly map: MapShape;
}

/** The neuron of a network, and the thresholds of its layers. */
export interface ChosenNeuron {
  readonly neuron: Neuron;
  /** v0 / theta. */
  readonly initialPotential: number;
  /** Of each population: [1] or [channels]. */
  readonly thetas: readonly Float32Array<ArrayBuffer>[];
}

const ROUNDING = 1e-5;

/** @throws InputError naming the first population that no neuron, or another one than before, stands for */
export function chooseNeuron(populations: readonly Population[], fallback: Neuron): ChosenNeuron {
  const [first] = populations;
  if (!first) return { neuron: fallback, initialPotential: fallback.start, thetas: [] };
  const firings = populations.map(firingsOf);
  for (const neuron of candidates(firings[0]![0]!)) {
    for (const start of startsOf(neuron, firings[0]![0]!)) {
      const thetas = firings.map((channels) => channels.map((one) => thetaOf(one, neuron, start)));
      const fits = (l: number): boolean =>
        firings[l]!.every(
          (one, c) => thetas[l]![c]! > 0 && same(one, firingOf(neuron.rule, thetas[l]![c]!, start)),
        );
      if (!fits(0)) continue;
      const other = firings.findIndex((_, l) => !fits(l));
      if (other < 0) return { neuron, initialPotential: start, thetas: thetas.map(compact) };
      throw new InputError(
        `${populations[other]!.place}: ${words(firings[other]![0]!)}, while ${first.place} is the neuron ${neuron.name} with v0 = ${start} theta; all neurons of a network of strelu are of one kind`,
      );
    }
  }
  throw new InputError(
    `${first.place}: ${words(firings[0]![0]!)}, as no neuron of strelu does${remedy(firings[0]![0]!)}`,
  );
}

/** `[channels]`: how the neurons of each channel fire. */
function firingsOf({ parts, reset, map, place }: Population): Firing[] {
  const channels = (numbers: ArrayLike<number>): Float64Array => perChannel(numbers, map, place);
  const ups = parts.filter(({ sign }) => sign > 0);
  const downs = parts.filter(({ sign }) => sign < 0);
  if (ups.length === 0 || downs.length > 1)
    throw new InputError(
      `${place}: expected thresholds above and at most one below, found ${ups.length} and ${downs.length}; strelu's neurons have no others`,
    );
  const up = ups.map(({ threshold }) => channels(threshold));
  const gains = ups.map(({ gain }) => channels(gain));
  const down = downs[0] && channels(downs[0].threshold);
  const back = downs[0] && channels(downs[0].gain);
  const resets = reset && channels(reset);
  return Array.from({ length: map[2] }, (_, c): Firing => {
    const gain = gains[0]![c]!;
    if (gains.some((one) => one[c] !== gain))
      throw new InputError(
        `${place}: expected the same reset from every threshold, found ${gains.map((one) => one[c]).join(', ')}; make them one`,
      );
    return {
      ups: up.map((one) => one[c]!),
      down: down ? down[c]! : null,
      gain,
      back: back ? back[c]! : -gain,
      reset: resets ? resets[c]! : null,
    };
  });
}

/** The neurons that may be meant, the leaky one with the slope of this neuron. */
function candidates({ gain, back, down }: Firing): Neuron[] {
  return NEURONS.filter((neuron) => unsaid(neuron) === null).flatMap((neuron) => {
    if (!neuron.withSlope) return [neuron];
    const slope = -gain / back;
    if (down === null || !(slope > 0 && slope <= 1)) return [];
    return [Number(slope.toPrecision(6)), slope].map((a) => neuron.withSlope!(a));
  });
}

/** What v0 / theta may have been: what the neuron's page says, none, half, or what the threshold says. */
function startsOf(neuron: Neuron, firing: Firing): number[] {
  const { gain, ups, reset } = firing;
  const above = neuron.rule.strict === 'up' ? ups[0]! : justAbove(ups[0]!);
  const found = reset === null ? neuron.rule.phiUp + above / gain : -reset / (above - reset);
  const usual = [...new Set([neuron.start, 0, 0.5])];
  // a threshold one rounding beside would ask for a v0 that is lost in the next sum
  const isNew = Number.isFinite(found) && usual.every((start) => Math.abs(start - found) > ROUNDING);
  return isNew ? [...usual, found] : usual;
}

/** theta is what a soft reset takes off; where the reset is hard, it is the threshold. */
function thetaOf({ gain, ups, reset }: Firing, { rule }: Neuron, start: number): number {
  if (reset === null) return rule.reset === 'zero' ? Number.NaN : -gain;
  const above = Math.fround(justAbove(ups[0]!) - reset);
  const near = [above, justAbove(above), justBelow(above)];
  return near.find((theta) => firingOf(rule, theta, start).ups[0] === ups[0]) ?? above;
}

function same(a: Firing, b: Firing): boolean {
  return (
    a.ups.length === b.ups.length &&
    a.ups.every((one, k) => one === b.ups[k]) &&
    a.down === b.down &&
    a.reset === b.reset &&
    (a.reset !== null || (a.gain === b.gain && (a.down === null || a.back === b.back)))
  );
}

/** One threshold for the layer where all its channels have the same. */
function compact(theta: readonly number[]): Float32Array<ArrayBuffer> {
  return Float32Array.from(theta.every((one) => one === theta[0]) ? theta.slice(0, 1) : theta);
}

function words({ ups, down, gain, back, reset }: Firing): string {
  const fires = `fires above ${ups.join(', ')}${down === null ? '' : ` and below ${-down}`}`;
  if (reset !== null) return `${fires} and resets to ${reset}`;
  return `${fires} and adds ${gain} after a spike${down === null || back === -gain ? '' : `, ${back} after a negative one`}`;
}

function remedy({ ups, gain, reset }: Firing): string {
  if (reset === null && ups.some((up, k) => up === -gain * (k + 1) || up === (-gain * (k + 1)) / 2))
    return `: strelu's fire at a threshold, NIR's above it; write the next smaller float32, ${justBelow(ups[0]!)}`;
  return ': it takes off what its threshold is, or half of it on both sides; correct the thresholds or the scales that feed back';
}
