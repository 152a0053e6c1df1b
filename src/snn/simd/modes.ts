/** @file Which rule of fire.ts a layer's neurons follow. */
import type { NeuronKind, SpikingNetwork } from '../network.ts';
import { ruleOf } from '../neuron.ts';
import { Mode } from './program/descriptor.ts';

const MODES: Readonly<Record<NeuronKind, number>> = {
  full: Mode.fire,
  half: Mode.fire,
  unipolar: Mode.fire,
  tracer: Mode.trace,
  'reset-to-zero': Mode.resetToZero,
  leaky: Mode.leak,
  memory: Mode.remember,
  burst: Mode.burst,
  rest: Mode.rest,
};

/** Settling, all but tracers wait for their inputs first. */
export function modeOf(neuron: NeuronKind, settling: boolean): number {
  return settling && neuron !== 'tracer' ? Mode.accumulate : MODES[neuron];
}

/** And send their answer so afterwards. */
export const emissionOf = (neuron: NeuronKind): number => (neuron === 'rest' ? Mode.release : Mode.trace);

/** Those that must know how many spikes they have sent; after accumulating comes the trace. */
export const countsSpikes = (mode: number): boolean =>
  mode === Mode.trace || mode === Mode.accumulate || mode === Mode.remember;

/** Where potentials start and neurons fire; put: theta times a factor for each channel, with what stands in the padding. */
export function ruleFields(
  network: SpikingNetwork,
  settling: boolean,
  put: (scale: number, rest: number) => number,
): Readonly<Record<'start' | 'theta' | 'up' | 'down' | 'lossDown', number>> {
  const { phiUp, phiDown, lossDown = 1 } = ruleOf(network);
  return {
    // accumulate, then fire: potentials start at theta / 2, as a tracer's do
    start: put(settling ? 0.5 : network.initialPotential, 0),
    theta: put(1, Number.POSITIVE_INFINITY),
    up: put(phiUp, Number.POSITIVE_INFINITY),
    down: put(-phiDown, Number.NEGATIVE_INFINITY),
    lossDown: put(lossDown, 0),
  };
}
