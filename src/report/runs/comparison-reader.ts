/**
 * @file Reads a comparison of contenders.
 */
import { nameOf } from '../../format/fields.ts';
import type { Comparison, ContenderResult, ContenderZeros, Needed } from '../comparison.ts';
import type { Raster, RasterLayer } from '../raster.ts';
import type { Energies, SimulationReport } from '../simulation-report.ts';
import { anatomy } from './anatomy-reader.ts';
import {
  byKey,
  byStep,
  count,
  fields,
  finite,
  flag,
  list,
  number,
  optional,
  orNull,
  type Reader,
  refuse,
  text,
  whole,
} from './reader.ts';

/** Layers of a network that figures have room for. */
export const MOST_LAYERS = 1000;

export const energy: Reader<Energies> = byKey(
  fields<Energies[string]>({
    annJoule: orNull(number),
    snnJoule: byStep(number),
    membraneJoule: orNull(byStep(number)),
    constantJoule: orNull(byStep(number)),
  }),
);

const spike: Reader<readonly [number, number, number]> = (value, place) => {
  const numbers = list(number)(value, place);
  return numbers.length === 3
    ? [numbers[0]!, numbers[1]!, numbers[2]!]
    : refuse(place, '[step, neuron, sign]', value);
};

/** A spike for each of some hundred neurons and steps of each layer. */
const MOST_SPIKES = 1_000_000;

const drawn = fields<Raster>({
  image: whole,
  steps: count,
  layers: list(
    fields<RasterLayer>({ name: text, neurons: count, spikes: list(spike, 0, MOST_SPIKES) }),
    0,
    MOST_LAYERS,
  ),
});

/** Every spike within the steps and the neurons. */
const raster: Reader<Raster> = (value, place) => {
  const read = drawn(value, place);
  for (const { name, neurons, spikes } of read.layers)
    for (const one of spikes)
      if (!(one[0] >= 1 && one[0] <= read.steps && one[1] >= 0 && one[1] < neurons))
        refuse(`${place}: layer ${nameOf(name)}`, `spikes in ${read.steps} steps of ${neurons} neurons`, one);
  return read;
};

/** Without hidden layers there is nothing to draw: as if it were missing. */
export const someRaster: Reader<Raster | undefined> = (value, place) => {
  const read = optional(raster)(value, place);
  return read && some(read.layers) ? read : undefined;
};

const some = <T>(values: readonly T[] | undefined): readonly T[] | undefined =>
  values?.length === 0 ? undefined : values;

export const operations: Reader<SimulationReport['operations']> = fields<SimulationReport['operations']>({
  annMac: number,
  snnMac: number,
  snnAc: byStep(number),
  membraneUpdates: byStep(number),
  constantAdds: byStep(number),
});

/** Above 0, as it is a divisor, and at most 1. */
const share: Reader<number> = (value, place) => {
  const read = finite(value, place);
  return read > 0 && read <= 1 ? read : refuse(place, 'a share above 0, at most 1', value);
};

const contender: Reader<ContenderResult> = fields<ContenderResult>({
  id: text,
  title: text,
  source: text,
  ours: flag,
  method: text,
  neuron: text,
  training: text,
  activation: text,
  annAccuracy: number,
  accuracy: byStep(number),
  spikesPerNeuron: byStep(number),
  spikesByLayer: byKey(list(number)),
  operations,
  energy,
  needed: fields<Needed>({ own: byKey(orNull(number)), best: byKey(orNull(number)) }),
  overload: byKey(number),
  latency: optional(byStep(number)),
  right: optional(byStep(text)),
  zeros: optional(fields<ContenderZeros>({ steps: count, images: count, macShare: share, bits: count })),
  anatomy: (value, place) => some(optional(list(anatomy, 0, MOST_LAYERS))(value, place)),
});

const shape: Reader<Comparison> = fields<Comparison>({
  dataset: text,
  model: text,
  images: count,
  steps: list(count, 1, 1000),
  contenders: list(contender, 1, 1000),
  bestAnn: number,
  baseline: text,
  raster: someRaster,
});

/** With at least one step and the baseline among its contenders; every contender was measured at every step. */
export const comparison: Reader<Comparison> = (value, place) => {
  const read = shape(value, place);
  const { contenders, baseline, steps } = read;
  if (!contenders.some(({ id }) => id === baseline))
    refuse(`${place}.baseline`, `the id of one of its ${contenders.length} contenders`, baseline);
  for (const { id, accuracy, spikesPerNeuron, needed } of contenders) {
    for (const values of [accuracy, spikesPerNeuron])
      for (const step of steps)
        if (!Object.hasOwn(values, String(step)))
          refuse(`${place}: contender ${nameOf(id)}`, `a value for each T of ${steps.join(', ')}`, values);
    for (const t of [...Object.values(needed.own), ...Object.values(needed.best)])
      if (t !== null && !steps.includes(t))
        refuse(`${place}: contender ${nameOf(id)}: needed`, `one of its T, ${steps.join(', ')}`, t);
  }
  return read;
};
