/**
 * @file Many pieces of work at a time on standard error: on a terminal a bar for all of them and one for each that runs, elsewhere the
 * lines of one progress. The bars come from `cli-progress`, an optional package.
 */
import { importOptional } from '../platform/optional-package.ts';
import { printablePart } from '../printable.ts';
import type { JobProgress, Progress } from '../progress.ts';
import { beforeInterrupt } from './interrupt.ts';

export interface Bars {
  start(label: string, total: number): void;
  /** @param done pieces that have ended */
  update(done: number, note: string): void;
  /** How far a piece is; it has a bar from the first time on. */
  job(id: string, name: string, told: JobProgress): void;
  /** Its bar goes. */
  end(id: string): void;
  /** A line that stays. */
  note(line: string): void;
  stop(): void;
}

interface Bar {
  update(value: number, payload: Record<string, string>): void;
}

interface MultiBar {
  create(total: number, value: number, payload: Record<string, string>): Bar;
  remove(bar: Bar): boolean;
  log(line: string): void;
  /** Draws anew, what was logged first. */
  update(): void;
  stop(): void;
}

interface BarLibrary {
  readonly MultiBar: new (options: Record<string, unknown>) => MultiBar;
}

/** @param progress what is told where there are no bars */
export async function createBars(quiet: boolean, progress: Progress): Promise<Bars> {
  const plain: Bars = { ...progress, job() {}, end() {} };
  if (quiet || !process.stderr.isTTY) return plain;
  try {
    const module = await importOptional('cli-progress', () => import('cli-progress'));
    return barsOf(new ((module.default ?? module) as BarLibrary).MultiBar(OPTIONS), progress);
  } catch {
    return plain;
  }
}

const OPTIONS = {
  format: '[{bar}] {percentage} % {label} {note}',
  barsize: 24,
  hideCursor: true,
  clearOnComplete: true,
  stopOnComplete: false,
  gracefulExit: false, // signals are the program's own
  stream: process.stderr,
  fps: 4,
};

/** Parts of a piece's share, so that its bar moves in steps finer than a letter. */
const PARTS = 1000;

/** @param progress what lines go to while no bar is drawn */
export function barsOf(all: MultiBar, progress: Progress): Bars {
  let whole: Bar | null = null;
  let label = '';
  const running = new Map<string, Bar>();
  let isStopped = false;
  const stop = (): undefined => {
    if (!isStopped && whole !== null) all.stop();
    isStopped = true;
  };
  const release = beforeInterrupt(stop); // shows the cursor again
  return {
    start(text, total) {
      label = printablePart(text); // bars write to the stream themselves
      whole = all.create(Math.max(1, total), 0, { label, note: '' });
    },
    update(done, note) {
      if (!isStopped) whole?.update(done, { label, note });
    },
    job(id, name, told) {
      if (isStopped) return;
      const bar = running.get(id) ?? all.create(PARTS, 0, { label: printablePart(name), note: '' });
      running.set(id, bar);
      const note = [told.label, told.note].filter((word) => word !== '').join(', ');
      bar.update(Math.floor(PARTS * told.share), { label: printablePart(name), note: printablePart(note) });
    },
    end(id) {
      const bar = running.get(id);
      if (bar) all.remove(bar);
      running.delete(id);
    },
    note(line) {
      if (isStopped || whole === null) return progress.note(line);
      all.log(`${printablePart(line)}\n`);
      all.update(); // what is only logged would be lost with a stop
    },
    stop() {
      stop();
      release();
    },
  };
}
