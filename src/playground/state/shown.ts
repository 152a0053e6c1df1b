/**
 * @file What the worker has answered so far: what the page draws, beside its state.
 */
import type {
  Accuracy,
  Answer,
  Checked,
  DataFacts,
  NetworkFacts,
  Probe,
  TrainProgress,
} from '../protocol.ts';

export interface Shown {
  readonly facts: NetworkFacts | null;
  readonly answer: Answer | null;
  readonly checked: Checked | null;
  readonly probe: Probe | null;
  /** The curve of a training, oldest first. */
  readonly training: readonly TrainProgress[];
  readonly trains: boolean;
  /** What the trained network comes to on its own test pictures. */
  readonly tested: Accuracy | null;
  /** What a training learns from; null: drawn digits. */
  readonly data: DataFacts | null;
  /** Images are being read. */
  readonly gathers: boolean;
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
  tested: null,
  data: null,
  gathers: false,
  label: '',
  trouble: '',
  busy: '',
};
