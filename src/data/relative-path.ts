/**
 * @file Paths from files of unknown origin: one that is taken stays in the folder that it is relative to, on every system.
 */

/** Letters of one name that every file system takes. */
const LONGEST_NAME = 200;
/** What separates, stands for a drive, or cannot be seen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const ODD = /[\\:\u0000-\u001f\u007f]/;

/**
 * True for names separated by /, none of them empty, "." or "..", without letters that mean something else to some system.
 * @example
 * [staysInside('mnist/images.gz'), staysInside('../secret'), staysInside('C:\\x')]; // [true, false, false]
 */
export function staysInside(path: string): boolean {
  const isName = (name: string): boolean =>
    name !== '' && name !== '.' && name !== '..' && name.length <= LONGEST_NAME && !ODD.test(name);
  return path.split('/').every(isName);
}
