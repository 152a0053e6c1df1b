/** @file Reads what a comparison with several seeds says over all of them. */
import { nameOf } from '../../format/fields.ts';
import { VERDICTS, type Verdict } from '../claims.ts';
import type { ClaimOverSeeds, ContenderOverSeeds, OverSeeds, Pair } from '../seeds/over-seeds.ts';
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

const verdict: Reader<Verdict> = (value, place) =>
  VERDICTS.find((known) => known === value) ?? refuse(place, `one of ${VERDICTS.join(', ')}`, value);

const shape: Reader<OverSeeds> = fields<OverSeeds>({
  seeds: bySeed(whole),
  ...{ dataset: text, model: text, images: count, baseline: text },
  steps: list(count, 1, 1000),
  contenders: list(
    fields<ContenderOverSeeds>({
      ...{ id: text, title: text, ours: flag },
      ann: bySeed(finite),
      accuracy: byStep(bySeed(finite)),
      needed: byKey(bySeed(orNull(count))),
      spikesPerNeuron: byKey(bySeed(orNull(finite))),
      energyRatio: byKey(bySeed(orNull(finite))),
      spare: optional(
        bySeed(orNull(fields<SpareAnns>({ dense: finite, zeros: finite, int8: finite, bits: finite }))),
      ),
      latency: optional(byStep(bySeed(finite))),
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
  const { contenders, baseline, steps, seeds, claims } = read;
  if (!contenders.some(({ id }) => id === baseline))
    refuse(`${place}.baseline`, `the id of one of its ${contenders.length} contenders`, baseline);
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
      if (pairs && !Object.hasOwn(pairs, String(t)))
        refuse(where, `pairs at each T of ${steps.join(', ')}`, pairs);
    }
    for (const points of TOLERANCES) {
      for (const values of [needed, spikesPerNeuron, energyRatio])
        forEachSeed(values[points], `${where}, within ${points}`);
      for (const t of needed[points]!)
        if (t !== null && !steps.includes(t))
          refuse(`${where}: needed`, `one of its T, ${steps.join(', ')}`, t);
    }
  }
  for (const { says, bySeed } of claims) forEachSeed(bySeed, `${place}: claim ${nameOf(says)}`);
  return read;
};
