/**
 * @file Certificates for balls: does the folded network give one class for every image within a distance of this one? The answer
 * comes from interval arithmetic, layer by layer: a centre goes through the weights, a radius through their absolute values, and
 * the activation clips both ends. Together with `certify` this says how far the answer of a spiking network can be trusted around
 * an image.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, deviation, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';
import { responseOf } from '../networks/response.ts';
import { readoutDifferences } from './readout-differences.ts';

/** What is proven of the ball around one image. */
export interface BallCertificate {
  readonly radius: number;
  /** `[classes]`: `logit[claimed] - logit[c]` is at least this everywhere in the ball; Infinity at the claimed class itself. */
  readonly margins: Float64Array;
  /** True when the folded network provably gives the claimed class everywhere in the ball. */
  readonly certified: boolean;
}

/**
 * Certifies a class for all images within a distance.
 * @param image [height, width, channels], normalised as in training
 * @param radius the largest change of any one value of the normalised image
 * @param claimed the class to be certified: the spiking network's answer
 * @param wiring of this network; handing it over saves time where there are many images
 * @example
 * certifyBall(snn, image, 0.01, 7).certified; // does the folded network see class 7 in every image that near?
 */
export function certifyBall(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  radius: number,
  claimed: number,
  wiring: readonly LayerWiring[] = wiringOf(network),
): BallCertificate {
  const constant = analogueCurrents(network, image);
  const response = responseOf(network.neuron);
  const last = wiring.length - 1;
  // The interval of each activation, per layer: centres in spikes, radii in the unit of currents.
  const centres: Float64Array[] = [];
  const radii: Float64Array[] = [];
  const towards = (l: number, through: readonly LayerWiring[], start: ArrayLike<number>) => {
    const centre = Float64Array.from(start);
    for (const synapses of through[l]!.spikes) propagate(synapses, centres[synapses.from]!, centre);
    return { centre, spread: deviation(through, l, radii, radius) };
  };
  for (let l = 0; l < last; l++) {
    const { theta } = wiring[l]!;
    const { centre, spread } = towards(l, wiring, constant[l]!);
    const end = (sign: number): Float64Array =>
      theta.map((height, i) => response((centre[i]! + sign * spread[i]!) / height));
    const [bottom, top] = [end(-1), end(1)];
    centres.push(bottom.map((a, i) => (a + top[i]!) / 2));
    radii.push(bottom.map((a, i) => ((top[i]! - a) / 2) * theta[i]!));
  }
  const differences = readoutDifferences(wiring, claimed);
  const base = constant[last]!;
  const { unit } = wiring[last]!;
  const margins = new Float64Array(network.classes).fill(Number.POSITIVE_INFINITY);
  if (differences) {
    const start = Float64Array.from(base, (z, c) => base[claimed]! * unit[claimed]! - z * unit[c]!);
    const { centre, spread } = towards(last, differences, start);
    for (let c = 0; c < margins.length; c++) if (c !== claimed) margins[c] = centre[c]! - spread[c]!;
  } else {
    const { centre, spread } = towards(last, wiring, base);
    const bottom = (centre[claimed]! - spread[claimed]!) * unit[claimed]!;
    for (let c = 0; c < margins.length; c++)
      if (c !== claimed) margins[c] = bottom - (centre[c]! + spread[c]!) * unit[c]!;
  }
  return {
    radius,
    margins,
    certified: margins.every((margin, c) => margin > 0 && (c === claimed || Number.isFinite(margin))),
  };
}
