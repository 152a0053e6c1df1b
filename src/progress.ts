/**
 * @file How long work tells how far it is. Whoever does the work calls these; whoever asked for it decides what is shown.
 */

/** `total` and `done` in whatever unit the work counts. */
export interface Progress {
  start(label: string, total: number): void;
  /** @param note what else is known now: loss, accuracy, images per second */
  update(done: number, note?: string): void;
  stop(): void;
  /** A line that stays. */
  note(line: string): void;
}

/** Shows nothing. */
export const SILENT: Progress = { start() {}, update() {}, stop() {}, note() {} };

/** The same progress, every label and every line of which begins with `prefix`. */
export function labelled(progress: Progress, prefix: string): Progress {
  return {
    start: (label, total) => progress.start(`${prefix}: ${label}`, total),
    update: (done, note) => progress.update(done, note),
    stop: () => progress.stop(),
    note: (line) => progress.note(`${prefix}: ${line}`),
  };
}

/** The variable by which whoever starts a job as a process of its own asks to be told how far it is, through the channel between them. */
export const JOB_VARIABLE = 'STRELU_JOB';

/** What such a job tells. */
export interface JobProgress {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly note: string;
}
