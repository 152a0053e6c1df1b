/**
 * @file Small networks whose linear layers stand in any order: batch norms behind spikes, means before activations, concatenations of
 * vectors and of currents, sums with an identity, activations behind a flatten. Many of them are for the converter to refuse.
 */
import { InputError } from '../../src/errors.ts';
import type { MapShape, TrainedNetwork } from '../../src/nn/architecture.ts';
import {
  avgPool,
  batchNorm,
  concat,
  conv2d,
  dropout,
  flatten,
  type LayerSpec,
  linear,
  maxPool,
  pad,
  residual,
  strelu,
  trelu,
} from '../../src/nn/layers.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';
import { randomWeights } from '../support/random-architecture.ts';

/** The next network of the seed that has a shape at all. */
export function randomOrder(seed: number): TrainedNetwork {
  for (let attempt = 0; ; attempt++) {
    const random = Random.seeded(seed * 64 + attempt);
    const input: MapShape = [3 + random.integer(4), 3 + random.integer(4), 1 + random.integer(3)];
    try {
      const architecture = sequential(...layersOf(random))(input, 'order');
      return { architecture, weights: randomWeights(architecture, random), provenance: {} };
    } catch (error) {
      if (!(error instanceof InputError) || attempt > 60) throw error;
    }
  }
}

function layersOf(random: Random): LayerSpec[] {
  const pick = (low: number, high: number): number => low + random.integer(high - low + 1);
  const chance = (n: number): boolean => random.integer(n) === 0;
  const some = (n: number, ...make: readonly (() => LayerSpec)[]): LayerSpec[] =>
    make.flatMap((one) => (chance(n) ? [one()] : []));

  const clip = chance(2) ? strelu : trelu;
  const act = (): LayerSpec => clip({ thetaPer: chance(2) ? 'layer' : 'channel' });
  const mean = (): LayerSpec => avgPool([pick(1, 2), pick(1, 3)], chance(2) ? {} : { stride: [1, 2] });
  const uneven = (): LayerSpec => avgPool(2, { stride: pick(1, 2), padding: 1, countPadding: chance(3) });
  const largest = (): LayerSpec => maxPool([pick(1, 2), 2], chance(2) ? {} : { stride: 1 });
  const zeros = (): LayerSpec => pad([pick(0, 2), pick(0, 1), pick(0, 1), pick(0, 2)]);
  const conv = (): LayerSpec => {
    const [outs, bias, stride] = [pick(1, 3), chance(2), pick(1, 2)];
    if (chance(4)) return conv2d(2, 1, { groups: 1, bias });
    return (map, name) =>
      chance(2)
        ? conv2d(map[2] * pick(1, 2), [2, 1], { groups: map[2] % 2 === 0 ? 2 : 'depthwise', bias })(map, name)
        : conv2d(outs, [pick(1, 2), pick(1, 3)], { stride, dilation: [1, pick(1, 2)], bias })(map, name);
  };
  const same = (outs = pick(1, 3)): LayerSpec =>
    chance(2) ? conv2d(outs, 1) : conv2d(outs, [1, 3], { padding: 'same' });
  const alone =
    (outs: number): LayerSpec =>
    (map, name) =>
      conv2d(outs, [map[0], map[1]])(map, name);
  const kept = (): LayerSpec => (map, name) => same(map[2])(map, name);
  const drop = (): LayerSpec => dropout(0.5);

  const before = (): LayerSpec[] => some(4, batchNorm, mean, largest, batchNorm, drop);
  const behind = (): LayerSpec[] =>
    some(6, batchNorm, mean, largest, uneven, batchNorm, zeros, drop, batchNorm);
  const neurons = (): LayerSpec[] => [conv(), ...before(), act(), ...behind()];
  const branch = (): LayerSpec[] =>
    chance(6)
      ? [conv2d(2, [1, 3]), act(), pad([0, 0, 1, 1])]
      : [same(), ...some(3, batchNorm), act(), ...some(3, batchNorm)];
  const vector = (): LayerSpec[] => [...branch(), ...some(3, mean), flatten()];
  const block = (): LayerSpec[] => {
    switch (pick(0, 3)) {
      case 0:
        return [concat(branch(), ...(chance(2) ? [[]] : []), branch()), ...behind()];
      case 1:
        return [concat([same(), ...some(2, batchNorm)], [same()]), ...some(3, mean, batchNorm), act()];
      case 2:
        return [residual([kept()], some(3, kept, batchNorm)), ...some(4, mean, largest), act(), ...behind()];
      default:
        return neurons();
    }
  };
  const ends: readonly (() => LayerSpec[])[] = [
    () => [concat(vector(), [flatten()]), ...some(2, batchNorm)],
    () => [conv(), ...some(3, batchNorm), flatten(), chance(6) ? act() : clip(), ...some(3, batchNorm)],
    () => [flatten(), ...some(3, batchNorm), linear(3), ...some(3, batchNorm), act(), ...some(3, batchNorm)],
    () => [flatten(), concat([linear(2), act()], [], [linear(3), ...some(2, batchNorm), act()])],
    () => [flatten(), ...some(2, batchNorm)],
    // a vector beside maps of one position, which are as many as the branch has parts
    () => [concat([...vector()], [concat([alone(2), act()], [alone(1), act()])]), ...some(2, batchNorm)],
  ];
  const middle = Array.from({ length: pick(0, 2) }, block).flat();
  return [...neurons(), ...middle, ...ends[pick(0, ends.length - 1)]!(), linear(pick(2, 3))];
}
