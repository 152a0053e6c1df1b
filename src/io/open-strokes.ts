/** @file Digits that are drawn, some at a time, so that signals are heard in between. */
import { setImmediate } from 'node:timers/promises';
import type { Dataset } from '../data/dataset.ts';
import { drawingStrokes, type StrokesOptions } from '../data/strokes.ts';
import { UsageError } from '../errors.ts';

/** A gigabyte holds somewhat more. */
const MOST = 1_000_000;
/** A tenth of a second. */
const AT_ONCE = 2000;

/** @throws UsageError when more digits are asked for than there is room for */
export async function openStrokes(options: StrokesOptions): Promise<Dataset> {
  if (options.count > MOST)
    throw new UsageError(`strokes: expected a limit of at most ${MOST} digits, found ${options.count}`);
  const parts = drawingStrokes(options);
  for (;;) {
    const { done, value } = parts.next();
    if (done) return value;
    if (value % AT_ONCE === 0) await setImmediate();
  }
}
