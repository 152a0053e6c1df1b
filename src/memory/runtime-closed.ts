import { UsageError } from '../errors.ts';

/** What a runtime says whose work has been ended. */
export const runtimeClosed = (): UsageError =>
  new UsageError(
    'runtime: it has been closed; close it after the last thing that runs on it, or make another',
  );
