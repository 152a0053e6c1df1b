/** @file Which layers run in the integer kernel. */

import { currentBound } from '../current-bound.ts';
import type { ScaledSynapses } from '../geometry.ts';
import { onInt8Grid } from '../grid.ts';
import type { SpikingLayer, SpikingNetwork } from '../network.ts';
import { recordOptionsOf } from '../simulation.ts';
import { emissionOf, modeOf } from './modes.ts';
import type { Precision } from './pack.ts';
import type { Plan } from './plan.ts';
import { INTEGER_MODES, Mode } from './program/contract.ts';

/** Up to here float32 holds every whole number: beyond it rounds, and whole numbers say something else. */
const EXACT = 2 ** 24;

/** Of a layer on the int8 grid: whether float32 holds a potential that nothing is taken off, with the currents of all steps in it. */
export function sumsAreExact(network: SpikingNetwork, layer: SpikingLayer, steps: number): boolean {
  const highest = layer.theta.reduce((a, b) => Math.max(a, b), 0);
  return steps * currentBound(network, layer) + 2 * highest <= EXACT;
}

/** Of a network on a grid: whether float32 holds every sum of a layer over so many steps, in whatever order they are added up. */
export const holdsSums = (network: SpikingNetwork, l: number, steps: number): boolean =>
  network.grid?.kind === 'dyadic'
    ? steps <= network.grid.steps
    : sumsAreExact(network, network.layers[l]!, steps);

/**
 * int8 for a layer that receives only spikes, in a network on the int8 grid whose neurons the integer kernel has a rule for. Of
 * products and recorded layers the potentials are float32, which is exact on that grid too.
 */
export function precisionOf(
  network: SpikingNetwork,
  scaled: readonly ScaledSynapses[],
  index: number,
  { products, schedule, record: asked, steps }: Pick<Plan, 'products' | 'schedule' | 'record' | 'steps'>,
): Precision {
  const record = recordOptionsOf(asked, index);
  const layer = network.layers[index]!;
  const { theta, bias } = layer;
  const small = (values: Float32Array<ArrayBufferLike>, most: number): boolean =>
    values.every((value) => Number.isInteger(value) && Math.abs(value) <= most);
  const { neuron } = network;
  const settles = schedule === 'settling';
  const received = modeOf(neuron, settles);
  const modes = received === Mode.accumulate ? [received, emissionOf(neuron)] : [received];
  const plain =
    !products.has(index) &&
    !record.currents &&
    !record.membrane &&
    modes.every((own) => INTEGER_MODES.includes(own));
  const fits = scaled.every((s) => s.from >= 0 && small(s.weight, s.kind === 'identity' ? 2 ** 22 : 127));
  // where a layer waits for its inputs, potentials start at theta / 2, as ruleFields has it
  const start = received === Mode.accumulate ? 0.5 : network.initialPotential;
  const starts = theta.every((value) => Number.isInteger(value * start));
  const fires = index < network.layers.length - 1;
  const exact = sumsAreExact(network, layer, fires ? steps : 1);
  return onInt8Grid(network) &&
    plain &&
    exact &&
    fits &&
    starts &&
    small(theta, 2 ** 22) &&
    small(bias, 2 ** 22)
    ? 'int8'
    : 'float32';
}
