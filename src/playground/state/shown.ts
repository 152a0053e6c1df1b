/**
 * @file What the worker has answered so far: what the page draws, beside its state.
 */
import type { Answer, Checked, NetworkFacts, Probe, TrainProgress } from '../protocol.ts';

export interface Shown {
  readonly facts: NetworkFacts | null;
  readonly answer: Answer | null;
  readonly checked: Checked | null;
  readonly probe: Probe | null;
  /** The curve of a training, oldest first. */
  readonly training: readonly TrainProgress[];
  readonly trains: boolean;
  /** What the picture shows, where that is known; else ''. */
  readonly label: string;
  /** What went wrong, for the one who uses the page; '' when all is well. */
  readonly trouble: string;
  /** What is under way: a download, a conversion; '' when nothing is. */
  readonly busy: string;
}

export const NOTHING: Shown = {
  facts: null,
  answer: null,
  checked: null,
  probe: null,
  training: [],
  trains: false,
  label: '',
  trouble: '',
  busy: '',
};
