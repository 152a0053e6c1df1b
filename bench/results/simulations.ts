/** @file The ways in which a converted network is run, by the activation it was trained with. */
import type { ActivationName } from '../../src/nn/architecture.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';

export const STEPS: readonly number[] = [1, 2, 4, 8, 16, 32];

/** One way to run a converted network. */
export interface Way {
  readonly title: string;
  /** Its name. */
  readonly neuron: string;
  readonly schedule: 'layered' | 'settling';
  readonly steps: readonly number[];
  /** On the first images only: it stands only beside the headline. */
  readonly aside?: boolean;
}

const way = (neuron: string, aside = false): Way => ({
  title: neuron,
  neuron,
  schedule: 'layered',
  steps: STEPS,
  aside,
});

/** Each layer waits for T inputs and then sends in T slots: what the quantised network says, and as few spikes (law L17). */
const settling = (neuron: string): Way => ({
  title: `${neuron}, settling`,
  neuron,
  schedule: 'settling',
  steps: [1, 2, 4],
});

/** What half says, in the code that is silent at -theta (law L21). */
const resting: Way = { title: 'rest', neuron: 'rest', schedule: 'layered', steps: [1, 2, 4, 8] };

/** How a trained activation is run; ReLU needs thresholds found in data (see the compare command). */
export const WAYS: Readonly<Record<ActivationName, readonly Way[]>> = {
  strelu: [way('half'), resting, settling('half'), settling('rest'), way('full', true)],
  trelu: [way('unipolar'), settling('unipolar')],
  qcfs: [way('unipolar'), settling('unipolar')],
  'tleaky-relu': [],
  relu: [],
};

/** Whether the neurons of a way round, as the quantised network does: those that have an exact mode. */
export const rounds = (activation: ActivationName, title: string): boolean =>
  WAYS[activation].some((way) => way.title === title && neuronNamed(way.neuron).settling !== undefined);
