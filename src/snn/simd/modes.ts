/** @file What the SIMD engine asks a network's neuron: the modes of program/fire.ts that run it, and its rule as numbers. */
import type { SpikingNetwork } from '../network.ts';
import type { Neuron } from '../neurons/neuron.ts';
import { Mode } from './program/contract.ts';

/** The mode in which a layer receives its currents: neurons with an emission wait for all of them when they settle. */
export const modeOf = ({ simd, settling }: Neuron, isSettling: boolean): number =>
  isSettling && settling?.emission ? Mode.accumulate : Mode[simd!.mode];

/** The mode in which a layer that waited sends its answer. */
export const emissionOf = ({ settling }: Neuron): number => Mode[settling?.simd ?? 'trace'];

/** Modes that must know how many spikes a neuron has sent; an accumulated answer is sent in such a mode. */
export const countsSpikes = (mode: number): boolean =>
  mode === Mode.trace || mode === Mode.accumulate || mode === Mode.remember;

/** The least signed count that a neuron may reach, in units of T, when it traces or emits. */
export const leastSent = ({ rule, settling }: Neuron, isSettling: boolean): number =>
  ((isSettling && settling?.emission) || rule).least ?? -1;

/**
 * The rule as descriptor fields: where potentials start, where neurons fire, what spikes take off.
 * @param waits for all its inputs before it fires
 * @param put stores theta times a factor for each channel, and a value for the padding; returns the address
 */
export function ruleFields(
  network: SpikingNetwork,
  waits: boolean,
  put: (scale: number, padding: number) => number,
): Readonly<Record<'start' | 'theta' | 'up' | 'down' | 'lossDown', number>> {
  const { phiUp, phiDown = Number.POSITIVE_INFINITY, lossDown = 1 } = network.neuron.rule;
  return {
    // accumulate, then fire: potentials start at theta / 2
    start: put(waits ? 0.5 : network.initialPotential, 0),
    theta: put(1, Number.POSITIVE_INFINITY),
    up: put(phiUp, Number.POSITIVE_INFINITY),
    down: put(-phiDown, Number.NEGATIVE_INFINITY),
    lossDown: put(lossDown, 0),
  };
}
