/**
 * @file Reads a comparison of contenders.
 */
import type { Comparison, ContenderResult, Needed } from '../comparison.ts';
import type { Raster, RasterLayer } from '../raster.ts';
import type { Energies, SimulationReport } from '../simulation-report.ts';
import { anatomy } from './anatomy-reader.ts';
import {
  byKey,
  count,
  fields,
  flag,
  list,
  number,
  optional,
  orNull,
  type Reader,
  refuse,
  text,
} from './reader.ts';

export const energy: Reader<Energies> = byKey(
  fields<Energies[string]>({
    annJoule: orNull(number),
    snnJoule: byKey(number),
    membraneJoule: orNull(byKey(number)),
    constantJoule: orNull(byKey(number)),
  }),
);

const spike: Reader<readonly [number, number, number]> = (value, place) => {
  const numbers = list(number)(value, place);
  return numbers.length === 3
    ? [numbers[0]!, numbers[1]!, numbers[2]!]
    : refuse(place, '[step, neuron, sign]', value);
};

export const raster: Reader<Raster> = fields<Raster>({
  image: number,
  steps: count,
  layers: list(fields<RasterLayer>({ name: text, neurons: count, spikes: list(spike) })),
});

export const operations: Reader<SimulationReport['operations']> = fields<SimulationReport['operations']>({
  annMac: number,
  snnMac: number,
  snnAc: byKey(number),
  membraneUpdates: byKey(number),
  constantAdds: byKey(number),
});

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
  accuracy: byKey(number),
  spikesPerNeuron: byKey(number),
  spikesByLayer: byKey(list(number)),
  operations,
  energy,
  needed: fields<Needed>({ own: byKey(orNull(number)), best: byKey(orNull(number)) }),
  overload: byKey(number),
  latency: optional(byKey(number)),
  anatomy: optional(list(anatomy)),
});

const shape: Reader<Comparison> = fields<Comparison>({
  dataset: text,
  model: text,
  images: count,
  steps: list(count),
  contenders: list(contender),
  bestAnn: number,
  baseline: text,
  raster: optional(raster),
});

/** With at least one step and the baseline among its contenders; every contender was measured at every step. */
export const comparison: Reader<Comparison> = (value, place) => {
  const read = shape(value, place);
  const { contenders, baseline, steps } = read;
  if (steps.length === 0) refuse(`${place}.steps`, 'at least one number of steps', steps);
  if (!contenders.some(({ id }) => id === baseline))
    refuse(`${place}.baseline`, `the id of one of its ${contenders.length} contenders`, baseline);
  for (const { id, accuracy, spikesPerNeuron } of contenders)
    for (const values of [accuracy, spikesPerNeuron])
      for (const step of steps)
        if (!Object.hasOwn(values, String(step)))
          refuse(`${place}: contender ${id}`, `a value for each T of ${steps.join(', ')}`, values);
  return read;
};
