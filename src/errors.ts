/**
 * @file The two kinds of error a user can cause. Everything else is a bug and keeps its stack trace.
 */

/** Bad data or a broken promise of a file: exit status 1. The message is one line: what, expected, found, remedy. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Wrong use of an option, command or argument: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
