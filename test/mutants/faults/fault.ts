/**
 * @file A fault as data: one change to one line of the program, and the tests that must notice it. A fault that nothing notices
 * is a law that nobody wrote.
 */

export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The law, or the promise, that it breaks. */
  readonly law: string;
  /** Test files, below test/. */
  readonly tests: readonly string[];
}

/** One line of a table. */
export function fault(
  name: string,
  file: string,
  find: string,
  replace: string,
  law: string,
  tests: readonly string[],
): Fault {
  return { name, file, find, replace, law, tests };
}
