/**
 * @file Certificates for balls: does the folded network give one class for every image within a distance of this one? The answer
 * comes from interval arithmetic, layer by layer: a centre goes through the weights, a radius through their absolute values, and
 * the activation clips both ends. Together with `certify` this says how far the answer of a spiking network can be trusted around
 * an image.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import {
  analogueCurrents,
  deviation,
  deviationEach,
  type LayerWiring,
  propagate,
  propagateEach,
  wiringOf,
} from '../../snn/wiring.ts';
import { type Response, responseOf } from '../networks/response.ts';
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
  return certifyBallEach(
    network,
    [{ constant: analogueCurrents(network, image), claimed }],
    radius,
    wiring,
  )[0]!;
}

/** An image, and the class to be certified around it. */
export interface ClaimedImage {
  /** Its constant currents, per layer. */
  readonly constant: readonly Float32Array[];
  readonly claimed: number;
}

/** Certifies a class for each of several images, and for all within the same distance of it. */
export function certifyBallEach(
  network: SpikingNetwork,
  images: readonly ClaimedImage[],
  radius: number,
  wiring: readonly LayerWiring[],
): BallCertificate[] {
  const response = responseOf(network.neuron);
  // The interval of each activation, per image and layer: centres in spikes, radii in the unit of currents.
  const balls = images.map(() => ({ centres: [] as Float64Array[], radii: [] as Float64Array[] }));
  wiring.slice(0, -1).forEach(({ theta, spikes }, l) => {
    const all = images.map(({ constant }) => new Float64Array(constant[l]!));
    for (const synapses of spikes)
      propagateEach(
        synapses,
        balls.map(({ centres }) => centres[synapses.from]!),
        all,
      );
    const spreads = deviationEach(
      wiring,
      l,
      balls.map(({ radii }) => radii),
      radius,
    );
    balls.forEach((ball, i) => {
      const { centres, radii } = interval(response, theta, all[i]!, spreads[i]!);
      ball.centres.push(centres);
      ball.radii.push(radii);
    });
  });
  return images.map((image, i) => {
    const margins = marginsOf(network, image, balls[i]!, radius, wiring);
    const certified = margins.every(
      (margin, c) => margin > 0 && (c === image.claimed || Number.isFinite(margin)),
    );
    return { radius, margins, certified };
  });
}

/** The intervals of a layer's activations. */
interface Ball<Of> {
  readonly centres: Of;
  readonly radii: Of;
}

/** The activations of currents that are within `spread` of `centre`. */
function interval(
  response: Response,
  theta: Float64Array,
  centre: Float64Array,
  spread: Float64Array,
): Ball<Float64Array> {
  const [centres, radii] = [new Float64Array(theta.length), new Float64Array(theta.length)];
  for (let i = 0; i < theta.length; i++) {
    const height = theta[i]!;
    const bottom = response((centre[i]! - spread[i]!) / height);
    const top = response((centre[i]! + spread[i]!) / height);
    centres[i] = (bottom + top) / 2;
    radii[i] = ((top - bottom) / 2) * height;
  }
  return { centres, radii };
}

/** How far the claimed class is ahead of each other one, at least. */
function marginsOf(
  network: SpikingNetwork,
  { constant, claimed }: ClaimedImage,
  { centres, radii }: Ball<readonly Float64Array[]>,
  radius: number,
  wiring: readonly LayerWiring[],
): Float64Array {
  const last = wiring.length - 1;
  const towards = (through: readonly LayerWiring[], start: ArrayLike<number>) => {
    const centre = Float64Array.from(start);
    for (const synapses of through[last]!.spikes) propagate(synapses, centres[synapses.from]!, centre);
    return { centre, spread: deviation(through, last, radii, radius) };
  };
  const differences = readoutDifferences(wiring, claimed);
  const base = constant[last]!;
  const { unit } = wiring[last]!;
  const margins = new Float64Array(network.classes).fill(Number.POSITIVE_INFINITY);
  if (differences) {
    const start = Float64Array.from(base, (z, c) => base[claimed]! * unit[claimed]! - z * unit[c]!);
    const { centre, spread } = towards(differences, start);
    for (let c = 0; c < margins.length; c++) if (c !== claimed) margins[c] = centre[c]! - spread[c]!;
  } else {
    const { centre, spread } = towards(wiring, base);
    const bottom = (centre[claimed]! - spread[claimed]!) * unit[claimed]!;
    for (let c = 0; c < margins.length; c++)
      if (c !== claimed) margins[c] = bottom - (centre[c]! + spread[c]!) * unit[c]!;
  }
  return margins;
}
