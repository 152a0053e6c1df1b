/** @file Reads what a comparison with several seeds says over all of them. */
import { nameOf } from '../../format/fields.ts';
import { VERDICTS, type Verdict } from '../claims.ts';
import type { Comparison } from '../comparison.ts';
import {
  type ClaimOverSeeds,
  type ContenderOverSeeds,
  type OverSeeds,
  type Pair,
  verdictOver,
} from '../seeds/over-seeds.ts';
import type { SpareAnns } from '../spare-anns.ts';
import { TOLERANCES } from '../steps-needed.ts';
import {
  byKey,
  byStep,
  count,
  fields,
  finite,
  flag,
  list,
  optional,
  orNull,
  type Reader,
  refuse,
  text,
  whole,
} from './reader.ts';

/** Seeds that a table has room for. */
const MOST_SEEDS = 1000;

const bySeed = <T>(reader: Reader<T>): Reader<readonly T[]> => list(reader, 1, MOST_SEEDS);

/** What was measured, from 0 to a largest. */
const upTo =
  (largest: number): Reader<number> =>
  (value, place) => {
    const read = finite(value, place);
    return read >= 0 && read <= largest ? read : refuse(place, `a number from 0 to ${largest}`, value);
  };
const percent = upTo(100);
const amount = upTo(Number.MAX_VALUE);

const verdict: Reader<Verdict> = (value, place) =>
  VERDICTS.find((known) => known === value) ?? refuse(place, `one of ${VERDICTS.join(', ')}`, value);

const shape: Reader<OverSeeds> = fields<OverSeeds>({
  seeds: bySeed(whole),
  ...{ dataset: text, model: text, images: count, baseline: text },
  steps: list(count, 1, 1000),
  contenders: list(
    fields<ContenderOverSeeds>({
      ...{ id: text, title: text, ours: flag },
      ann: bySeed(percent),
      accuracy: byStep(bySeed(percent)),
      needed: byKey(bySeed(orNull(count))),
      spikesPerNeuron: byKey(bySeed(orNull(amount))),
      energyRatio: byKey(bySeed(orNull(amount))),
      spare: optional(
        bySeed(orNull(fields<SpareAnns>({ dense: amount, zeros: amount, int8: amount, bits: amount }))),
      ),
      latency: optional(byStep(bySeed(amount))),
      pairs: optional(byStep(fields<Pair>({ onlyReference: whole, onlyIt: whole }))),
    }),
    1,
    1000,
  ),
  claims: list(
    fields<ClaimOverSeeds>({
      id: text as Reader<ClaimOverSeeds['id']>,
      says: text,
      verdict,
      bySeed: bySeed(verdict),
    }),
    0,
    100,
  ),
});

/** The reference among its contenders; a value for every seed, and for every T where it is by T. */
export const overSeeds: Reader<OverSeeds> = (value, place) => {
  const read = shape(value, place);
  const { contenders, baseline, steps, seeds, images, claims } = read;
  if (!contenders.some(({ id }) => id === baseline))
    refuse(`${place}.baseline`, `the id of one of its ${contenders.length} contenders`, baseline);
  if (new Set(seeds).size < seeds.length) refuse(`${place}.seeds`, 'seeds that differ', seeds);
  if (steps.some((t, i) => i > 0 && t <= steps[i - 1]!)) refuse(`${place}.steps`, 'T in rising order', steps);
  if (new Set(contenders.map(({ id }) => id)).size < contenders.length)
    refuse(
      `${place}.contenders`,
      'ids that differ',
      contenders.map(({ id }) => id),
    );
  const forEachSeed = (values: readonly unknown[] | undefined, where: string): void => {
    if (values?.length !== seeds.length) refuse(where, `a value for each of ${seeds.length} seeds`, values);
  };
  for (const {
    id,
    ann,
    spare,
    accuracy,
    latency,
    pairs,
    needed,
    spikesPerNeuron,
    energyRatio,
  } of contenders) {
    const where = `${place}: contender ${nameOf(id)}`;
    for (const values of spare ? [ann, spare] : [ann]) forEachSeed(values, where);
    for (const t of steps) {
      for (const values of latency ? [accuracy, latency] : [accuracy])
        forEachSeed(values[t], `${where}, T = ${t}`);
      if (!pairs) continue;
      const pair = pairs[t] ?? refuse(where, `pairs at each T of ${steps.join(', ')}`, pairs);
      if (pair.onlyReference + pair.onlyIt > seeds.length * images)
        refuse(`${where}, T = ${t}`, `pairs among ${seeds.length} times ${images} images`, pair);
    }
    for (const points of TOLERANCES) {
      for (const values of [needed, spikesPerNeuron, energyRatio])
        forEachSeed(values[points], `${where}, within ${points}`);
      for (const t of needed[points]!)
        if (t !== null && !steps.includes(t))
          refuse(`${where}: needed`, `one of its T, ${steps.join(', ')}`, t);
    }
  }
  for (const { says, bySeed, verdict } of claims) {
    const where = `${place}: claim ${nameOf(says)}`;
    forEachSeed(bySeed, where);
    if (verdict !== verdictOver(bySeed)) refuse(where, `the verdict of ${bySeed.join(', ')}`, verdict);
  }
  return read;
};

/** What is said over seeds is of the comparison beside it, which is that of the first seed. */
export function checkBeside(over: OverSeeds, { contenders, ...first }: Comparison, place: string): void {
  for (const name of ['dataset', 'model', 'images', 'baseline', 'steps'] as const)
    if (String(over[name]) !== String(first[name]))
      refuse(`${place}.${name}`, `that of the comparison beside it, ${first[name]}`, over[name]);
  if (String(over.contenders.map(({ id }) => id)) !== String(contenders.map(({ id }) => id)))
    refuse(
      `${place}.contenders`,
      'those of the comparison beside it',
      over.contenders.map(({ id }) => id),
    );
  for (const [i, { id, accuracy }] of over.contenders.entries())
    for (const t of over.steps)
      if (accuracy[t]![0] !== contenders[i]!.accuracy[t])
        refuse(
          `${place}: contender ${nameOf(id)}, T = ${t}`,
          `the first seed's ${contenders[i]!.accuracy[t]} %`,
          accuracy[t]![0],
        );
}
