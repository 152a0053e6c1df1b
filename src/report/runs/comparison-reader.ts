/**
 * @file Reads a comparison of methods.
 */
import type { Comparison, ComparisonRaster, MethodResult, Needed, RasterLayer } from '../comparison.ts';
import type { EnergyEstimate, OperationCounts } from '../result.ts';
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

export const energy: Reader<Readonly<Record<string, EnergyEstimate>>> = byKey(
  fields<EnergyEstimate>({
    annJoule: orNull(number),
    snnJoule: byKey(number),
    membraneJoule: optional(orNull(byKey(number))),
    constantJoule: optional(orNull(byKey(number))),
  }),
);

const spike: Reader<readonly [number, number, number]> = (value, place) => {
  const numbers = list(number)(value, place);
  return numbers.length === 3
    ? [numbers[0]!, numbers[1]!, numbers[2]!]
    : refuse(place, '[step, neuron, sign]', value);
};

export const raster: Reader<ComparisonRaster> = fields<ComparisonRaster>({
  image: number,
  steps: count,
  layers: list(fields<RasterLayer>({ name: text, neurons: count, spikes: list(spike) })),
});

const operations: Reader<OperationCounts> = fields<OperationCounts>({
  annMac: number,
  snnMac: number,
  snnAc: byKey(number),
  membraneUpdates: byKey(number),
  constantAdds: byKey(number),
});

const method: Reader<MethodResult> = fields<MethodResult>({
  id: text,
  title: text,
  source: text,
  ours: flag,
  conversion: text,
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
  methods: list(method),
  bestAnn: number,
  reference: text,
  raster: optional(raster),
});

/** With at least one step and the reference among its methods; every method was measured at every step. */
export const comparison: Reader<Comparison> = (value, place) => {
  const read = shape(value, place);
  const { methods, reference, steps } = read;
  if (steps.length === 0) refuse(`${place}.steps`, 'at least one number of steps', steps);
  if (!methods.some(({ id }) => id === reference))
    refuse(`${place}.reference`, `the id of one of its ${methods.length} methods`, reference);
  for (const { id, accuracy, spikesPerNeuron } of methods)
    for (const values of [accuracy, spikesPerNeuron])
      for (const step of steps)
        if (!Object.hasOwn(values, String(step)))
          refuse(`${place}: method ${id}`, `a value for each T of ${steps.join(', ')}`, values);
  return read;
};
