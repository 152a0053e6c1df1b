/**
 * @file Progress on standard error: a bar on a terminal, a line now and then elsewhere, nothing when quiet.
 * The bar comes from `cli-progress`, an optional package: without it the plain lines are used on a terminal too.
 */

import { importOptional } from '../platform/optional-package.ts';
import { printablePart } from '../printable.ts';
import { type Progress, SILENT } from '../progress.ts';
import { duration } from '../report/format.ts';
import { beforeInterrupt } from './interrupt.ts';
import { jobProgress } from './job-progress.ts';
import { writeError } from './streams.ts';

export async function createProgress(quiet: boolean): Promise<Progress> {
  if (quiet) return jobProgress() ?? SILENT;
  if (!process.stderr.isTTY) return plainProgress(10_000);
  try {
    const module = await importOptional('cli-progress', () => import('cli-progress'));
    return barProgress(module.default ?? module);
  } catch {
    return plainProgress(3_000);
  }
}

/** A line at most every `interval` milliseconds; nothing for work that is over before the first. */
function plainProgress(interval: number): Progress {
  let label = '';
  let total = 1;
  let begun = 0;
  let last = 0;
  return {
    start(text, count) {
      label = text;
      total = Math.max(1, count);
      begun = last = performance.now();
    },
    update(done, note = '') {
      const now = performance.now();
      if (now - last < interval) return;
      last = now;
      const left = done > 0 ? ((now - begun) * (total - done)) / done / 1000 : 0;
      const tail = note === '' ? '' : `, ${note}`;
      writeError(`${label}: ${Math.floor((100 * done) / total)} %${tail}, ${duration(left)} left\n`);
    },
    stop() {},
    note: (line) => void writeError(`${line}\n`),
  };
}

interface BarLibrary {
  readonly SingleBar: new (
    options: Record<string, unknown>,
  ) => {
    start(total: number, value: number, payload: Record<string, string>): void;
    update(value: number, payload: Record<string, string>): void;
    stop(): void;
  };
}

function barProgress(library: BarLibrary): Progress {
  let bar: InstanceType<BarLibrary['SingleBar']> | null = null;
  let label = '';
  const stop = (): undefined => {
    bar?.stop();
    bar = null;
  };
  beforeInterrupt(stop); // shows the cursor again and wraps lines
  return {
    start(text, total) {
      stop();
      label = printablePart(text); // the bar writes to the stream itself
      bar = new library.SingleBar({
        format: '{label} [{bar}] {percentage} % {note} {eta_formatted} left',
        barsize: 24,
        hideCursor: true,
        clearOnComplete: true,
        stopOnComplete: false,
        stream: process.stderr,
        fps: 8,
        etaBuffer: 50,
      });
      bar.start(Math.max(1, total), 0, { label, note: '' });
    },
    update: (done, note = '') => bar?.update(done, { label, note }),
    stop,
    note(line) {
      stop();
      writeError(`${line}\n`);
    },
  };
}
