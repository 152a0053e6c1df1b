/** @file Which rule of fire.ts a layer's neurons follow. */
import type { NeuronKind } from '../network.ts';
import { Mode } from './descriptor.ts';

const MODES: Readonly<Record<NeuronKind, number>> = {
  full: Mode.fire,
  half: Mode.fire,
  unipolar: Mode.fire,
  tracer: Mode.trace,
  'reset-to-zero': Mode.resetToZero,
  leaky: Mode.leak,
  memory: Mode.remember,
  burst: Mode.burst,
};

/** Settling, all but tracers wait for their inputs first. */
export function modeOf(neuron: NeuronKind, settling: boolean): number {
  return settling && neuron !== 'tracer' ? Mode.accumulate : MODES[neuron];
}

/** Those that must know how many spikes they have sent; after accumulating comes the trace. */
export const countsSpikes = (mode: number): boolean =>
  mode === Mode.trace || mode === Mode.accumulate || mode === Mode.remember;
